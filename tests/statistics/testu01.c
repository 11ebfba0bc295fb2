/* Batteries of TestU01 on words of 32 bits from standard input, with the p-value of each test.
 *
 *     cc -O2 -o testu01 testu01.c -ltestu01 -ltestu01probdist -ltestu01mylib -lm
 *     python stream.py ORDER | ./testu01 small|crush|rabbit|alphabit NAME
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <testu01/bbattery.h>
#include <testu01/swrite.h>
#include <testu01/unif01.h>

#define N_WORDS 65536
static const double N_BITS = 1073741824.0;

static unsigned int next_word(void)
{
    static uint32_t words[N_WORDS];
    static size_t used = N_WORDS;
    if (used == N_WORDS) {
        if (fread(words, sizeof words[0], N_WORDS, stdin) < N_WORDS) {
            fputs("the stream has ended\n", stderr);
            exit(1);
        }
        used = 0;
    }
    return words[used++];
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fprintf(stderr, "usage: %s small|crush|rabbit|alphabit NAME\n", argv[0]);
        return 2;
    }
    unif01_Gen *generator = unif01_CreateExternGenBits(argv[2], next_word);
    swrite_Basic = FALSE;
    if (!strcmp(argv[1], "small"))
        bbattery_SmallCrush(generator);
    else if (!strcmp(argv[1], "crush"))
        bbattery_Crush(generator);
    else if (!strcmp(argv[1], "rabbit"))
        bbattery_Rabbit(generator, N_BITS);
    else
        bbattery_Alphabit(generator, N_BITS, 0, 32);
    for (int i = 0; i < bbattery_NTests; i++)
        printf("%-24s %.4f\n", bbattery_TestNames[i], bbattery_pVal[i]);
    unif01_DeleteExternGenBits(generator);
    return 0;
}
