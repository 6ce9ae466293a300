namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>The code that hashes messages side by side.</summary>
internal enum LanePath
{
    /// <summary>One message at a time.</summary>
    Scalar,

    /// <summary>Eight messages, AVX2.</summary>
    Avx2,

    /// <summary>Sixteen messages, AVX-512 F and BW.</summary>
    Avx512,
}

/// <summary>Which code this processor can run.</summary>
internal static class LanePaths
{
    /// <summary>The widest this processor has.</summary>
    public static LanePath Best { get; } = new[] { LanePath.Avx512, LanePath.Avx2, LanePath.Scalar }.First(IsSupported);

    public static bool IsSupported(LanePath path) => path switch
    {
        LanePath.Avx512 => Avx512Arithmetic.IsSupported,
        LanePath.Avx2 => Avx2Arithmetic.IsSupported,
        _ => true,
    };
}
