/* Debian's wine 8 has no bcryptprimitives.dll, which Rust's standard library asks for random numbers; every Windows since 8 has it.
   This stands in for it in wine alone: cargo xtask windows puts it into a wine folder of its own and nowhere else. */
#include <windows.h>
BOOLEAN NTAPI SystemFunction036(PVOID, ULONG);
__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T size) { return SystemFunction036(data, (ULONG)size); }
