using System.ComponentModel;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>
/// Which protocol versions a port offers. A version is true after a ServerHello that selects it, false after a refusal on a port that
/// proved another version, and left out where neither came.
/// </summary>
public sealed record OfferedProtocols
{
    [DisplayName("提供 SSLv2")]
    public Fact<bool> Ssl2 { get; init; }

    [DisplayName("提供 SSLv3")]
    public Fact<bool> Ssl3 { get; init; }

    [DisplayName("提供 TLS 1.0")]
    public Fact<bool> Tls10 { get; init; }

    [DisplayName("提供 TLS 1.1")]
    public Fact<bool> Tls11 { get; init; }

    [DisplayName("提供 TLS 1.2")]
    public Fact<bool> Tls12 { get; init; }

    [DisplayName("提供 TLS 1.3")]
    public Fact<bool> Tls13 { get; init; }

    /// <summary>GB/T 38636-2020, wire version 0x0101.</summary>
    [DisplayName("提供 TLCP 1.1")]
    public Fact<bool> Tlcp11 { get; init; }

    /// <summary>TLS 1.3 with an SM suite, curveSM2 and an SM2 certificate, nothing else being offered to choose from (RFC 8998 §3).</summary>
    [Description("TLS 1.3 国密套件（RFC 8998）")]
    public Fact<bool> SmTls13 { get; init; }

    /// <summary>
    /// A signature by an SM2 key over the handshake verified, of TLCP or of TLS 1.3 with SM algorithms alone; false where the port offers
    /// neither. Missing where one is selected and its signature was not seen to verify: a ServerHello alone anybody can send.
    /// </summary>
    [Description("国密通道经签名证实")]
    public Fact<bool> SmProved { get; init; }

    /// <summary>The whole list, out of SSLv2, SSLv3, TLSv1.0, TLSv1.1, TLSv1.2, TLSv1.3, TLCPv1.1; missing while one of them is undecided.</summary>
    [Description("提供的协议（全部）")]
    public Fact<IReadOnlyList<string>> Offered { get; init; }

    /// <summary>Those proven, in the same order; more may be offered where <see cref="Undecided"/> is not empty.</summary>
    [Description("已证实的协议")]
    public required IReadOnlyList<string> Confirmed { get; init; }

    [Description("不能断定的协议")]
    public required IReadOnlyList<string> Undecided { get; init; }

    /// <summary>Seen while asking for versions; not a whole list.</summary>
    [Description("端口行为")]
    public required IReadOnlyList<ServerBehaviour> Behaviours { get; init; }

    /// <summary>One a version: what the server said when asked for it.</summary>
    [Description("各版本的应答")]
    public required IReadOnlyList<VersionAnswer> Answers { get; init; }
}

/// <summary>The answer that decided a version, or the last one where nothing did.</summary>
public sealed record VersionAnswer
{
    [Description("")]
    public required string Version { get; init; }

    [Description("")]
    public required AnswerKind Answer { get; init; }

    /// <summary>Connections on which it was asked.</summary>
    public required int Attempts { get; init; }

    /// <summary>Registered alert name, such as <c>protocol_version</c>; null without an alert.</summary>
    [Description("告警")]
    public string? Alert { get; init; }

    /// <summary>0–255; null without an alert.</summary>
    public int? AlertNumber { get; init; }

    /// <summary>The version the server selected instead or as asked; null without a ServerHello.</summary>
    [Description("选定")]
    public string? SelectedVersion { get; init; }

    /// <summary>Four hexadecimal digits behind 0x; null without a ServerHello.</summary>
    public string? Suite { get; init; }

    [Description("套件")]
    public string? SuiteName { get; init; }

    /// <summary>For people.</summary>
    [Description("")]
    public required string Note { get; init; }
}

public enum AnswerKind
{
    [Description("未询问")]
    NotAsked,
    [Description("接受")]
    ServerHello,
    [Description("接受（要求重试）")]
    HelloRetryRequest,
    [Description("告警")]
    Alert,
    [Description("断开")]
    Closed,
    [Description("重置")]
    Reset,
    [Description("无应答")]
    Silent,
    [Description("不是 TLS")]
    NotTls,
    [Description("应答有误")]
    Malformed,
    [Description("没有连上")]
    NoConnection,
}
