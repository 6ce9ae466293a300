using System.ComponentModel;
using SmartCity.SecurityCheck.Cryptography;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>One fault of the path from a certificate to an anchor.</summary>
public sealed record TrustFault
{
    public required PathFaultKind Kind { get; init; }

    /// <summary>Of the certificate in the path, 0 being the server's.</summary>
    public required int Position { get; init; }

    /// <summary>For people.</summary>
    [Description("")]
    public required string Note { get; init; }
}

/// <summary>One certificate of the path.</summary>
public sealed record TrustStep
{
    /// <summary>RFC 4514 string.</summary>
    [Description("")]
    public required string Subject { get; init; }

    /// <summary>64 lower-case hexadecimal digits over the DER.</summary>
    public required string Sha256 { get; init; }

    [Description("来自")]
    public required StepSource Source { get; init; }
}

/// <summary>Where a certificate of a path comes from.</summary>
public enum StepSource
{
    /// <summary>The server.</summary>
    [Description("服务器发送")]
    Sent,

    /// <summary>intermediates of candidate.yaml.</summary>
    [Description("另行给出")]
    Supplied,

    /// <summary>An anchor of candidate.yaml or the command line.</summary>
    [Description("给出的信任锚")]
    Candidate,

    /// <summary>An anchor of this machine's root store.</summary>
    [Description("本机根证书库")]
    Platform,
}
