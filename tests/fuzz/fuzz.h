/* fuzz.h - a fuzz target is one function, with the name that libFuzzer
 * looks for.  It must accept any bytes, and leave nothing behind.  */

#ifndef FUZZ_H
#define FUZZ_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
