using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>What checking a signature of the handshake gave.</summary>
internal enum SignatureOutcome
{
    Valid,
    Invalid,

    /// <summary>This tool does not check this algorithm or could not read the key.</summary>
    NotChecked,
}

/// <summary>Under which user identification an SM2 signature verified (GB/T 32918.2, RFC 8998 §3.2.1).</summary>
internal enum Sm2Identification
{
    /// <summary>1234567812345678 (GM/T 0009-2012 §10).</summary>
    Default,

    /// <summary>TLSv1.3+GM+Cipher+Suite.</summary>
    Tls13,

    /// <summary>No bytes at all.</summary>
    Empty,
}

/// <summary>A checked signature.</summary>
/// <param name="Outcome">Whether it verified.</param>
/// <param name="Identification">Of an SM2 signature that verified; null otherwise.</param>
internal sealed record SignatureProof(SignatureOutcome Outcome, Sm2Identification? Identification = null)
{
    public static SignatureProof NotChecked { get; } = new(SignatureOutcome.NotChecked);

    public static SignatureProof Invalid { get; } = new(SignatureOutcome.Invalid);

    public static SignatureProof Valid { get; } = new(SignatureOutcome.Valid);

    /// <summary>The identification as text, for observations; null where no SM2 signature verified.</summary>
    public string? UserId => Identification switch
    {
        Sm2Identification.Default => "1234567812345678",
        Sm2Identification.Tls13 => "TLSv1.3+GM+Cipher+Suite",
        Sm2Identification.Empty => string.Empty,
        _ => null,
    };

    /// <summary>Missing where nothing was checked.</summary>
    public Fact<bool> Holds => Outcome == SignatureOutcome.NotChecked ? default(Fact<bool>) : IsValid;

    public bool IsValid => Outcome == SignatureOutcome.Valid;

    /// <summary>Tries the identifications a stack may have signed under, the one expected first.</summary>
    public static SignatureProof OfSm2(Sm2PublicKey key, ReadOnlySpan<byte> content, ReadOnlySpan<byte> signature, Sm2Identification expected)
    {
        foreach (var identification in Enum.GetValues<Sm2Identification>().OrderByDescending(i => i == expected))
        {
            var verified = identification switch
            {
                Sm2Identification.Default => key.Verify(content, signature),
                Sm2Identification.Tls13 => key.Verify(content, signature, SignedContent.Tls13Sm2UserId.Span),
                _ => key.VerifyWithEmptyUserId(content, signature),
            };
            if (verified)
            {
                return new SignatureProof(SignatureOutcome.Valid, identification);
            }
        }

        return Invalid;
    }
}
