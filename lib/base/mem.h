/* Memory from an allocator that the program chose, and wiping of secrets. */
#ifndef IMAP4_BASE_MEM_H
#define IMAP4_BASE_MEM_H

#include <imap4/types.h>

/* The program's allocator, or malloc when it gave none. Never NULL. */
const imap4_allocator *imap4__mem_or_default(const imap4_allocator *mem);

void *imap4__alloc(const imap4_allocator *mem, size_t size);               /* NULL: no memory */
void *imap4__zalloc(const imap4_allocator *mem, size_t size);              /* zeroed */
void *imap4__realloc(const imap4_allocator *mem, void *old, size_t size);  /* old may be NULL */
void imap4__free(const imap4_allocator *mem, void *memory);                /* NULL is fine */

/* A NUL-terminated copy of `len` bytes. */
char *imap4__copy(const imap4_allocator *mem, const void *data, size_t len);

/* Overwrites in a way that the compiler does not remove. */
void imap4__wipe(void *memory, size_t size);

#endif
