using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Reporting;

/// <summary>A piece of cryptography that was seen, wherever it was: once in the list, with all its places.</summary>
public abstract record CryptoAsset
{
    /// <summary>Stable within a report; unique among all assets.</summary>
    public required string Reference { get; init; }

    public required string Name { get; init; }

    /// <summary>Null where the tables do not know it, or it was not fully seen.</summary>
    public required AlgorithmStanding? Standing { get; init; }

    /// <summary>By place, target and location. Fewer than <see cref="Uses"/> where an observation counts places without listing them.</summary>
    public required IReadOnlyList<CryptoOccurrence> Occurrences { get; init; }

    /// <summary>How often it was seen.</summary>
    public required int Uses { get; init; }
}

public sealed record AlgorithmAsset : CryptoAsset
{
    /// <summary>Of the rules: block-cipher, hash …</summary>
    public required string Primitive { get; init; }

    /// <summary>Upper case; null where none applies or it is open.</summary>
    public string? Mode { get; init; }

    /// <summary>Of the key, the digest or the field.</summary>
    public int? Bits { get; init; }

    public string? Oid { get; init; }

    /// <summary>In bits, against known attacks without a quantum computer.</summary>
    public int? Strength { get; init; }
}

public sealed record CertificateAsset : CryptoAsset
{
    public string? Subject { get; init; }

    public string? Issuer { get; init; }

    public DateTimeOffset? NotBefore { get; init; }

    public DateTimeOffset? NotAfter { get; init; }

    /// <summary>64 hexadecimal digits over the DER.</summary>
    public required string Sha256 { get; init; }

    public string? SignatureAlgorithm { get; init; }

    /// <summary><see cref="CryptoAsset.Reference"/> of the key's and the signature's algorithms.</summary>
    public required IReadOnlyList<string> Algorithms { get; init; }
}

public sealed record ProtocolAsset : CryptoAsset
{
    /// <summary>Null where the code names the protocol without it.</summary>
    public string? Version { get; init; }

    /// <summary>Empty where none were looked for.</summary>
    public required IReadOnlyList<SuiteAsset> Suites { get; init; }
}

/// <param name="Name">As registered.</param>
/// <param name="Number">0x and hexadecimal digits.</param>
/// <param name="Algorithms"><see cref="CryptoAsset.Reference"/> of what its name says.</param>
public sealed record SuiteAsset(string Name, string Number, IReadOnlyList<string> Algorithms);

/// <summary>A container of a private key.</summary>
public sealed record KeyAsset : CryptoAsset
{
    public string? Format { get; init; }

    /// <summary>Null where it is not visible.</summary>
    public string? Algorithm { get; init; }

    /// <summary>Not encrypted; null where nobody can tell.</summary>
    public bool? IsClear { get; init; }
}

/// <param name="Place">Code, file or channel.</param>
/// <param name="TargetId">Of the candidate.</param>
/// <param name="Location">File relative to the target, or host and port.</param>
/// <param name="Line">Counted from 1; null outside text.</param>
/// <param name="Context">Interface, part of a certificate, suite; null where there is nothing to say.</param>
public sealed record CryptoOccurrence(CryptoPlace Place, string TargetId, string Location, int? Line, string? Context);

public enum CryptoPlace
{
    Code,
    File,
    Channel,
}
