namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>The groups of TLS 1.3, or of ECDHE before it, or the signature schemes, as far as the port showed them.</summary>
internal sealed record GroupEnumeration
{
    /// <summary>Each selected by the server; in its own order where <see cref="ServerPrefers"/>.</summary>
    public required IReadOnlyList<ushort> Accepted { get; init; }

    /// <summary>Everything else was refused cleanly.</summary>
    public required bool IsWhole { get; init; }

    /// <summary>Of groups: whole but for finite fields (RFC 7919), more of which may be accepted beside one that is.</summary>
    public bool IsWholeButFields { get; init; }

    /// <summary>As <see cref="SuiteEnumeration.ServerPrefers"/>.</summary>
    public bool? ServerPrefers { get; init; }

    /// <summary>Of schemes: MD5 and SHA-1, offered alone, were refused cleanly.</summary>
    public bool IsWithoutBroken { get; init; }

    /// <summary>What came of taking away what is accepted, and whether the end was a clean refusal.</summary>
    public static bool IsRefusal(SettledAnswer answer) => answer.Reply switch
    {
        Alerted { Alert.Description: TlsAlert.HandshakeFailure or TlsAlert.InsufficientSecurity or TlsAlert.IllegalParameter } => true,
        Closed => answer.DoorConfirmed,
        _ => false,
    };
}
