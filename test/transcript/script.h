/* A transcript as read from its file; see FORMAT. */
#ifndef TRANSCRIPT_SCRIPT_H
#define TRANSCRIPT_SCRIPT_H

#include "text.h"

enum {
    LINE_SERVER = 'S',
    LINE_CLIENT = 'C',
    LINE_REQUEST = 'R',
    LINE_EVENT = '>',
    LINE_QUESTION = '?',
    LINE_TIME = 'T',
    LINE_LAYER = 'L',
    LINE_END = 'E',
    LINE_WRITE = 'W',
    LINE_OPTION = 'O'
};

typedef struct script_line {
    int kind;
    int number; /* in the file */
    text bytes; /* what the line says; for server and client, line end and escapes resolved */
} script_line;

typedef struct script {
    const char *name;
    script_line *lines;
    size_t count;
} script;

/* Reads a file. 0: it cannot be read, or a line is not of the format; says so. */
int script_read(script *out, const char *path);
void script_clear(script *s);

/* 1 for lines that make something happen. */
int script_is_step(int kind);

#endif
