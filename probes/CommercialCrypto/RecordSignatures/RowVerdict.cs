namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

internal enum RowState
{
    Verified,
    Deviating,
    Failed,
    Unsigned,
    Unusable,
}

/// <summary>One record, decided.</summary>
internal sealed record RowVerdict
{
    public required RowState State { get; init; }

    /// <summary>For people; null where it verified.</summary>
    public string? Reason { get; init; }

    public SignatureFit? Fit { get; init; }

    /// <summary>SM2, CMS, GM/T 0010 or JWS.</summary>
    public string Wrapping { get; init; } = "SM2";

    public SignerKey? Signer { get; init; }

    public DateTimeOffset? SignedAt { get; init; }

    public byte[]? Message { get; init; }

    /// <summary>r || s or DER, as the algorithm takes it.</summary>
    public byte[]? Signature { get; init; }

    /// <summary>The bytes <see cref="Signature"/> is over; another thing than <see cref="Message"/> inside CMS and JWS.</summary>
    public byte[]? Signed { get; init; }

    /// <summary>See <see cref="SignatureTrial.RandomOf"/>.</summary>
    public byte[]? Random { get; init; }

    public string? JwsAlgorithm { get; init; }

    public static RowVerdict Not(RowState state, string reason, byte[]? message = null) => new() { State = state, Reason = reason, Message = message };
}
