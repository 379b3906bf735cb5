/* png.c -- see png.h.

   The pixels are stored, not compressed: that takes no library, and half a byte
   for each or less.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "html/png.h"

#include <stdlib.h>
#include <string.h>

#include "memory.h"

/* Bytes that grow.  */
struct bytes {
    uint8_t *data;
    size_t n;
};

static void put(struct bytes *b, unsigned byte)
{
    b->data[b->n++] = (uint8_t)byte;
}

static void put_word(struct bytes *b, uint32_t word)
{
    for (int shift = 24; shift >= 0; shift -= 8)
        put(b, word >> shift & 0xff);
}

static uint32_t crc32(const uint8_t *data, size_t n)
{
    uint32_t crc = 0xffffffff;

    for (size_t i = 0; i < n; i++) {
        crc ^= data[i];
        for (int bit = 0; bit < 8; bit++)
            crc = crc >> 1 ^ (crc & 1 ? 0xedb88320 : 0);
    }
    return ~crc;
}

static uint32_t adler32(const uint8_t *data, size_t n)
{
    uint32_t a = 1, b = 0;

    for (size_t i = 0; i < n; i++) {
        a = (a + data[i]) % 65521;
        b = (b + a) % 65521;
    }
    return b << 16 | a;
}

static void put_chunk(struct bytes *b, const char *type,
                      const struct bytes *body)
{
    size_t begin;

    put_word(b, (uint32_t)body->n);
    begin = b->n;
    memcpy(b->data + b->n, type, 4);
    b->n += 4;
    memcpy(b->data + b->n, body->data, body->n);
    b->n += body->n;
    put_word(b, crc32(b->data + begin, b->n - begin));
}

static unsigned bits_of(const struct png *p)
{
    return p->n_colours <= 2 ? 1 : p->n_colours <= 4 ? 2 : 4;
}

static void put_header(struct bytes *b, const struct png *p,
                       struct bytes *scratch)
{
    put_word(scratch, p->width);
    put_word(scratch, p->height);
    put(scratch, bits_of(p));
    put(scratch, 3); /* of a palette */
    put(scratch, 0);
    put(scratch, 0);
    put(scratch, 0);
    put_chunk(b, "IHDR", scratch);
    scratch->n = 0;
    for (unsigned i = 0; i < p->n_colours; i++) {
        put(scratch, p->colours[i] >> 16 & 0xff);
        put(scratch, p->colours[i] >> 8 & 0xff);
        put(scratch, p->colours[i] & 0xff);
    }
    put_chunk(b, "PLTE", scratch);
    scratch->n = 0;
}

/* Each row begins with the number of its filter, none, and on a byte.  */
static void put_rows(struct bytes *b, const struct png *p)
{
    unsigned bits = bits_of(p), pixels = 8 / bits;

    for (unsigned y = 0; y < p->height; y++) {
        const uint8_t *row = p->pixels + (size_t)y * p->width;
        put(b, 0);
        for (unsigned x = 0; x < p->width; x += pixels) {
            unsigned byte = 0;
            for (unsigned i = 0; i < pixels; i++)
                byte = byte << bits | (x + i < p->width ? row[x + i] : 0U);
            put(b, byte);
        }
    }
}

/* One stored block of the zlib format (RFC 1950, RFC 1951).  */
static void put_pixels(struct bytes *b, const struct png *p,
                       struct bytes *scratch)
{
    size_t row = (p->width * bits_of(p) + 7) / 8 + 1;
    size_t begin, length = p->height * row;

    put(scratch, 0x78);
    put(scratch, 0x01);
    put(scratch, 1);
    put(scratch, length & 0xff);
    put(scratch, length >> 8 & 0xff);
    put(scratch, ~length & 0xff);
    put(scratch, ~length >> 8 & 0xff);
    begin = scratch->n;
    put_rows(scratch, p);
    put_word(scratch, adler32(scratch->data + begin, scratch->n - begin));
    put_chunk(b, "IDAT", scratch);
    scratch->n = 0;
}

static void write_base64(FILE *out, const struct bytes *b)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                 "abcdefghijklmnopqrstuvwxyz0123456789+/";

    for (size_t i = 0; i < b->n; i += 3) {
        size_t rest = b->n - i;
        uint32_t word = (uint32_t)b->data[i] << 16
                        | (rest > 1 ? (uint32_t)b->data[i + 1] << 8 : 0)
                        | (rest > 2 ? b->data[i + 2] : 0U);
        putc(digits[word >> 18], out);
        putc(digits[word >> 12 & 63], out);
        putc(rest > 1 ? digits[word >> 6 & 63] : '=', out);
        putc(rest > 2 ? digits[word & 63] : '=', out);
    }
}

void png_write_url(FILE *out, const struct png *p)
{
    static const uint8_t begin[] = {137, 'P', 'N', 'G', 13, 10, 26, 10};
    size_t room = 400 + (size_t)p->height * (p->width / 2 + 2);
    struct bytes all = {memory_new(room, 1), 0};
    struct bytes scratch = {memory_new(room, 1), 0};

    memcpy(all.data, begin, sizeof begin);
    all.n = sizeof begin;
    put_header(&all, p, &scratch);
    put_pixels(&all, p, &scratch);
    put_chunk(&all, "IEND", &scratch);
    fputs("data:image/png;base64,", out);
    write_base64(out, &all);
    free(all.data);
    free(scratch.data);
}
