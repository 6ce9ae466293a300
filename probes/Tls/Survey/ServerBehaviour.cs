using System.ComponentModel;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>Something a port was seen to do that other clients may stumble over, or that bounds what could be asked of it.</summary>
public sealed record ServerBehaviour
{
    public required BehaviourKind Kind { get; init; }

    /// <summary>For people.</summary>
    [Description("")]
    public required string Note { get; init; }

    internal static ServerBehaviour Of(BehaviourKind kind) => new() { Kind = kind, Note = NoteOn(kind) };

    private static string NoteOn(BehaviourKind kind) => kind switch
    {
        BehaviourKind.RequestsClientCertificate => "握手中要求客户端证书",
        BehaviourKind.RequiresServerName => "没有服务器名称（SNI）就拒绝握手",
        BehaviourKind.LimitsRate => "连接过快时重置或拒绝连接",
        BehaviourKind.AnswersSlowly => "应答很慢",
        BehaviourKind.FragmentsRecords => "把握手消息切成很小的记录",
        BehaviourKind.RefusesHigherVersions => "遇到高于自己的版本不降级应答，而是拒绝或断开（版本不兼容）",
        BehaviourKind.ClosesAbove64Suites => "套件多于 64 个的 ClientHello 得不到应答",
        BehaviourKind.ClosesOnLargeHellos => "超过 1500 字节的 ClientHello 得不到应答",
        BehaviourKind.HangsOnMediumHellos => "256–511 字节的 ClientHello 得不到应答",
        BehaviourKind.ClosesOnUnknownExtensions => "带有未知扩展的 ClientHello 得不到应答",
        BehaviourKind.ClosesOnSupportedVersions => "带有 supported_versions 扩展的 ClientHello 得不到应答",
        BehaviourKind.ClosesInsteadOfAlert => "拒绝时直接断开，不发告警",
        BehaviourKind.SelectsUnofferedSuites => "选定了 ClientHello 里没有的套件",
        BehaviourKind.ClosesAtRandom => "同样的 ClientHello 有时得到应答、有时被断开（如负载均衡后面有失效的服务器），断开不作为依据",
        BehaviourKind.AnswersDiffer => "同样的 ClientHello 得到不同的应答（如负载均衡后面的服务器配置不同），拒绝不作为依据",
        _ => kind.ToString(),
    };
}

public enum BehaviourKind
{
    RequestsClientCertificate,
    RequiresServerName,
    LimitsRate,
    AnswersSlowly,
    FragmentsRecords,
    RefusesHigherVersions,
    ClosesAbove64Suites,
    ClosesOnLargeHellos,
    HangsOnMediumHellos,
    ClosesOnUnknownExtensions,
    ClosesOnSupportedVersions,
    ClosesInsteadOfAlert,
    SelectsUnofferedSuites,
    ClosesAtRandom,
    AnswersDiffer,
}
