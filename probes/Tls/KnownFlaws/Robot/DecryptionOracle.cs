using System.ComponentModel;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>Whether a server answers differently to well and badly padded RSA secrets (Bleichenbacher's oracle; ROBOT, 2017).</summary>
public sealed record DecryptionOracle
{
    /// <summary>The version that was asked.</summary>
    [Description("询问的版本")]
    public required string Version { get; init; }

    /// <summary>
    /// True where the answers differ and did so every time they were asked for again; false where all are the same in both flows, on a
    /// port that sends alerts or completes the handshake with an honest secret. Missing where they change from one time to the next, and
    /// where the port leaves whatever it is sent.
    /// </summary>
    [Description("泄露 RSA 填充是否正确（ROBOT）")]
    public Fact<bool> Oracle { get; init; }

    /// <summary>strong: more than a wholly right block can be told apart, which makes attacks practical; weak: not; null without an oracle.</summary>
    [Description("强弱")]
    public Fact<string?> Strength { get; init; }

    /// <summary>full: with ChangeCipherSpec and Finished behind the secret; short: the secret alone. Null without an oracle.</summary>
    [Description("流程")]
    public Fact<string?> Flow { get; init; }

    /// <summary>What came to each kind of secret, in the flow that showed a difference or else in the full one.</summary>
    [Description("各种填充的应答")]
    public required IReadOnlyList<OracleAnswer> Answers { get; init; }
}

/// <summary>The answer to one kind of secret.</summary>
public sealed record OracleAnswer
{
    [Description("")]
    public required string Secret { get; init; }

    /// <summary>Different ones joined by a stroke.</summary>
    [Description("")]
    public required string Answer { get; init; }
}
