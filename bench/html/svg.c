/* svg.c -- see svg.h.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "html/svg.h"

#include <math.h>

#include "html/style.h"

enum {
    TICK_ROOM = 48,   /* pixels that a tick's label takes, as usual */
    HEAD_HEIGHT = 26, /* of the line that names what is shown */
};

void svg_escape(FILE *out, const char *text)
{
    for (; *text; text++) {
        switch (*text) {
        case '&':
            fputs("&amp;", out);
            break;
        case '<':
            fputs("&lt;", out);
            break;
        case '>':
            fputs("&gt;", out);
            break;
        case '"':
            fputs("&quot;", out);
            break;
        default:
            /* XML has no other control characters, escaped or not.  */
            putc((unsigned char)*text < ' ' && *text != '\n' && *text != '\t'
                     ? '?'
                     : *text,
                 out);
        }
    }
}

/* To a tenth of a pixel.  */
static void number(FILE *out, double x)
{
    fprintf(out, "%g", round(x * 10) / 10);
}

static void attribute(FILE *out, const char *name, double x)
{
    fprintf(out, " %s=\"", name);
    number(out, x);
    putc('"', out);
}

static void tag(FILE *out, const char *name, const char *class)
{
    fprintf(out, "<%s class=\"%s\"", name, class);
}

static void element(FILE *out, const char *name, const char *text)
{
    fprintf(out, "<%s>", name);
    svg_escape(out, text);
    fprintf(out, "</%s>", name);
}

static void describe(FILE *out, const struct svg_head *head)
{
    fputs("<title>", out);
    svg_escape(out, head->title);
    fputs(": ", out);
    svg_escape(out, head->of);
    fputs("</title>", out);
    element(out, "desc", head->text);
}

/* A picture in a file of its own says at the top what it shows.  */
void svg_begin(FILE *out, const struct svg_head *head)
{
    double top = head->is_alone ? -HEAD_HEIGHT : 0;

    fprintf(out,
            "<svg %srole=\"img\" class=\"pic\" viewBox=\"0 %g %d %g\""
            " width=\"%d\" height=\"%g\">",
            head->is_alone ? "xmlns=\"http://www.w3.org/2000/svg\" " : "", top,
            SVG_WIDTH, head->height - top, SVG_WIDTH, head->height - top);
    describe(out, head);
    if (head->is_alone) {
        struct box all = {0, top, SVG_WIDTH, head->height};
        element(out, "style", style_of_pictures);
        svg_rect(out, "paper", all);
        svg_text(out, "h", 8, -6, head->of);
    }
    svg_text(out, "h", 8, 16, head->title);
}

void svg_end(FILE *out)
{
    fputs("</svg>\n", out);
}

void svg_line(FILE *out, const char *class, struct box ends)
{
    tag(out, "line", class);
    attribute(out, "x1", ends.left);
    attribute(out, "y1", ends.top);
    attribute(out, "x2", ends.right);
    attribute(out, "y2", ends.bottom);
    fputs("/>", out);
}

void svg_rect(FILE *out, const char *class, struct box b)
{
    tag(out, "rect", class);
    attribute(out, "x", b.left);
    attribute(out, "y", b.top);
    attribute(out, "width", b.right - b.left);
    attribute(out, "height", b.bottom - b.top);
    fputs("/>", out);
}

void svg_text(FILE *out, const char *class, double x, double y,
              const char *text)
{
    tag(out, "text", class);
    attribute(out, "x", x);
    attribute(out, "y", y);
    putc('>', out);
    svg_escape(out, text);
    fputs("</text>", out);
}

void svg_path(FILE *out, const char *class)
{
    fprintf(out, "<path class=\"%s\" d=\"", class);
}

void svg_pen(FILE *out, char pen, double x, double y)
{
    putc(pen, out);
    number(out, x);
    putc(' ', out);
    number(out, y);
}

void svg_span(FILE *out, double y, double from, double to)
{
    svg_pen(out, 'M', from, y);
    putc('H', out);
    number(out, to);
}

void svg_path_end(FILE *out)
{
    fputs("\"/>", out);
}

/* The first is a line without length, that round ends make a dot.  */
void svg_mark(FILE *out, double x, double y, unsigned shape)
{
    static const char *const shapes[] = {
        "h0",
        "m-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z",
        ("m-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z"
         "m2 0a2 2 0 1 1 4 0a2 2 0 1 1-4 0z"),
        "m-3.5-3.5h7v7h-7z",
        "m0-4.5l4.5 8h-9z",
        "m0-5l4.5 5l-4.5 5l-4.5-5z",
        "m0 4.5l4.5-8h-9z",
    };

    svg_pen(out, 'M', x, y);
    fputs(shapes[shape], out);
}

double scale_at(const struct scale *s, double value)
{
    double part;

    if (s->is_log)
        part = log(value / s->low) / log(s->high / s->low);
    else
        part = (value - s->low) / (s->high - s->low);
    return s->begin + fmin(fmax(part, 0), 1) * (s->end - s->begin);
}

/* Returns the least of 1, 2, 5, 10, 20... (times a power of ten) that is not
   below x.  */
static double round_up(double x)
{
    double ten = pow(10, floor(log10(x) + 1e-9));
    double digit = x / ten;
    return ten
           * (digit <= 1.0001   ? 1
              : digit <= 2.0001 ? 2
              : digit <= 5.0001 ? 5
                                : 10);
}

/* Returns how many labels it has room for.  */
static double room_of(const struct scale *s)
{
    return fmax(fabs(s->end - s->begin) / (s->room > 0 ? s->room : TICK_ROOM),
                1);
}

static double step_of(const struct scale *s)
{
    return round_up((s->high - s->low) / room_of(s));
}

void scale_round(struct scale *s)
{
    if (s->is_log) {
        s->high = round_up(s->high);
        s->low = 1 / round_up(1 / s->low);
    } else {
        double step = step_of(s);
        s->high = ceil(s->high / step - 1e-9) * step;
    }
}

static unsigned linear_ticks(const struct scale *s, double *ticks)
{
    double step = step_of(s);
    unsigned n = 0;

    for (double i = ceil(s->low / step - 1e-9);
         i * step <= s->high * (1 + 1e-9) && n < SVG_TICKS; i++)
        ticks[n++] = i * step + 0.0; /* not -0 */
    return n;
}

/* Powers of ten, or of a thousand and so on if there are many.  */
static unsigned decade_ticks(const struct scale *s, double *ticks)
{
    double decades = log10(s->high / s->low);
    double step = ceil(decades / room_of(s));
    unsigned n = 0;

    for (double i = ceil(log10(s->low) / step - 1e-9);
         i * step <= log10(s->high) + 1e-9 && n < SVG_TICKS; i++)
        ticks[n++] = pow(10, i * step);
    return n;
}

static unsigned digit_ticks(const struct scale *s, double *ticks)
{
    unsigned n = 0;

    for (double x = s->low; x <= s->high * 1.0001 && n < SVG_TICKS;
         x *= 1.001) {
        x = round_up(x);
        if (x <= s->high * 1.0001)
            ticks[n++] = x;
    }
    return n;
}

unsigned scale_ticks(const struct scale *s, double ticks[SVG_TICKS])
{
    double decades = log10(s->high / s->low);

    if (!s->is_log || s->high / s->low < 3)
        return linear_ticks(s, ticks);
    if (decades * 3 + 1 > room_of(s))
        return decade_ticks(s, ticks);
    return digit_ticks(s, ticks);
}

void svg_x_axis(FILE *out, const struct axis *a, struct box b)
{
    double ticks[SVG_TICKS];
    unsigned n = scale_ticks(&a->scale, ticks);

    svg_path(out, "g");
    for (unsigned i = 0; i < n; i++) {
        double x = scale_at(&a->scale, ticks[i]);
        svg_pen(out, 'M', x, b.top);
        svg_pen(out, 'L', x, b.bottom);
    }
    svg_path_end(out);
    for (unsigned i = 0; i < n; i++) {
        char text[UNITS_SIZE];
        units_write_round(text, ticks[i], a->quantity);
        svg_text(out, "t m", scale_at(&a->scale, ticks[i]), b.bottom + 16,
                 text);
    }
    svg_line(out, "x", (struct box){b.left, b.bottom, b.right, b.bottom});
    svg_text(out, "t m", (b.left + b.right) / 2, b.bottom + 33, a->title);
}

void svg_y_axis(FILE *out, const struct axis *a, struct box b)
{
    double ticks[SVG_TICKS];
    unsigned n = scale_ticks(&a->scale, ticks);

    svg_path(out, "g");
    for (unsigned i = 0; i < n; i++)
        svg_span(out, scale_at(&a->scale, ticks[i]), b.left, b.right);
    svg_path_end(out);
    for (unsigned i = 0; i < n; i++) {
        char text[UNITS_SIZE];
        units_write_round(text, ticks[i], a->quantity);
        svg_text(out, "t e", b.left - 6, scale_at(&a->scale, ticks[i]) + 4,
                 text);
    }
    svg_text(out, "t", 8, b.top - 15, a->title);
}
