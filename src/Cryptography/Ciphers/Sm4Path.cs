using System.Runtime.Intrinsics.X86;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>The code that transforms blocks side by side.</summary>
internal enum Sm4Path
{
    /// <summary>One block at a time through a table: the reference, and the path of processors without the instructions.</summary>
    Table,

    /// <summary>8 blocks, AES-NI and SSSE3.</summary>
    AesNi,

    /// <summary>16 blocks, AES-NI and AVX2.</summary>
    AesAvx2,

    /// <summary>16 blocks, GFNI and AVX2.</summary>
    Gfni256,

    /// <summary>32 blocks, GFNI and AVX-512 F and BW.</summary>
    Gfni512,
}

/// <summary>Which code this processor can run.</summary>
internal static class Sm4Paths
{
    /// <summary>The widest this processor has.</summary>
    public static Sm4Path Best { get; } = new[] { Sm4Path.Gfni512, Sm4Path.Gfni256, Sm4Path.AesAvx2, Sm4Path.AesNi, Sm4Path.Table }.First(IsSupported);

    public static bool IsSupported(Sm4Path path) => path switch
    {
        Sm4Path.Gfni512 => Gfni.V512.IsSupported && Avx512F.IsSupported && Avx512BW.IsSupported,
        Sm4Path.Gfni256 => Gfni.V256.IsSupported && Avx2.IsSupported,
        Sm4Path.AesAvx2 => Aes.IsSupported && Avx2.IsSupported,
        Sm4Path.AesNi => Aes.IsSupported && Ssse3.IsSupported,
        _ => true,
    };
}
