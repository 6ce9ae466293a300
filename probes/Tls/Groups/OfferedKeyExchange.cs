using System.ComponentModel;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>
/// With what a port agrees on keys and signs the agreement. A group is listed after the server used it; lists stand only where all others
/// were refused cleanly. Null: the port offers nothing of the kind.
/// </summary>
public sealed record OfferedKeyExchange
{
    /// <summary>Groups of TLS 1.3; the whole list, in the server's order where <see cref="ServerPrefersTls13Group"/>.</summary>
    public Fact<IReadOnlyList<GroupOffer>?> Tls13Groups { get; init; }

    /// <summary>Finite fields (RFC 7919) a port that takes one of them was not asked for, to spare it the connections; all others were refused.</summary>
    [Description("TLS 1.3 没有逐个询问的组")]
    public IReadOnlyList<string> Tls13Unasked { get; init; } = [];

    /// <summary>Those proven, whether the list is whole or not.</summary>
    [Description("TLS 1.3 密钥交换组（已证实）")]
    public required IReadOnlyList<GroupOffer> Tls13Confirmed { get; init; }

    /// <summary>True: the server's order decides. False: the client's. Null: one group alone, or no TLS 1.3.</summary>
    public Fact<bool?> ServerPrefersTls13Group { get; init; }

    /// <summary>The version <see cref="Curves"/> were asked in: the highest one up to TLS 1.2; null without one.</summary>
    public required string? ClassicVersion { get; init; }

    /// <summary>Curves of ECDHE in <see cref="ClassicVersion"/>; the whole list.</summary>
    [Description("ECDHE 曲线（TLS 1.2 及以下）")]
    public Fact<IReadOnlyList<GroupOffer>?> Curves { get; init; }

    /// <summary>Those proven, whether the list is whole or not.</summary>
    public required IReadOnlyList<GroupOffer> CurvesConfirmed { get; init; }

    /// <summary>Fewest bits of any elliptic curve accepted; null where there is none.</summary>
    [Description("最短曲线位数")]
    public Fact<int?> SmallestCurveBits { get; init; }

    /// <summary>A hybrid or pure ML-KEM group is accepted in TLS 1.3.</summary>
    [Description("提供抗量子混合组")]
    public Fact<bool> OffersPostQuantum { get; init; }

    /// <summary>curveSM2 (RFC 8998 §3.2), or a hybrid with it, is accepted in TLS 1.3 or for ECDHE.</summary>
    [Description("提供 curveSM2")]
    public Fact<bool> OffersCurveSm2 { get; init; }

    /// <summary>Every set of DHE parameters seen; the whole list.</summary>
    [Description("DHE 参数")]
    public Fact<IReadOnlyList<DhParameters>?> Dh { get; init; }

    /// <summary>Bits of the shortest DHE prime seen; null where no DHE suite is accepted.</summary>
    [Description("最短 DHE 素数位数")]
    public Fact<int?> SmallestDhBits { get; init; }

    /// <summary>A DHE prime up to 1024 bits is one that many servers share (Logjam); null where no DHE suite is accepted.</summary>
    [Description("DHE 使用短的公共素数")]
    public Fact<bool?> UsesCommonShortPrime { get; init; }

    /// <summary>Bits of the temporary RSA key of EXPORT suites (FREAK); null where none was sent.</summary>
    public Fact<int?> ExportRsaBits { get; init; }

    /// <summary>The same ephemeral public value came on two connections, so that recordings of both fall together; null where no two could be compared.</summary>
    [Description("重复使用临时公钥")]
    public Fact<bool?> ReusesEphemeralKeys { get; init; }

    /// <summary>A curve was written out instead of named, which RFC 8422 §5.4 forbids.</summary>
    public required bool SendsExplicitCurves { get; init; }

    /// <summary>Schemes the server signs its key exchange of TLS 1.2 with, by name; the whole list. A port that shows itself in few connections is not asked for all of them.</summary>
    public Fact<IReadOnlyList<string>?> SignatureSchemes { get; init; }

    /// <summary>Those seen, whether the list is whole or not.</summary>
    [Description("已见的签名算法")]
    public required IReadOnlyList<string> SignatureSchemesConfirmed { get; init; }

    /// <summary>Schemes the server signs TLS 1.3 with, by name; the whole list. Missing where a port that shows itself in few connections was not asked for all of them.</summary>
    public Fact<IReadOnlyList<string>?> Tls13SignatureSchemes { get; init; }

    /// <summary>Those seen in handshakes of TLS 1.3, whether the list is whole or not.</summary>
    [Description("TLS 1.3 已见的签名算法")]
    public IReadOnlyList<string> Tls13SignatureSchemesConfirmed { get; init; } = [];

    /// <summary>In TLS 1.2 the server signs with MD5 or SHA-1 where a client offers nothing else (RFC 9155); null where it signs nothing in TLS 1.2.</summary>
    [Description("愿以 MD5/SHA-1 签名")]
    public Fact<bool?> SignsWithBrokenHash { get; init; }

    /// <summary>As in the suites.</summary>
    public required IReadOnlyList<ServerBehaviour> Behaviours { get; init; }

    /// <summary>TCP connections this port was asked on so far in the run, those of other probes that share them included.</summary>
    public required int Connections { get; init; }
}

/// <summary>One group.</summary>
public sealed record GroupOffer
{
    /// <summary>0x and four hexadecimal digits.</summary>
    public required string Number { get; init; }

    [Description("")]
    public required string Name { get; init; }

    public required GroupKind Kind { get; init; }

    /// <summary>Of the curve's field or the prime; of the classic part of a hybrid; null where not known.</summary>
    public required int? Bits { get; init; }
}

/// <summary>One set of DHE parameters.</summary>
public sealed record DhParameters
{
    [Description("位数")]
    public required int Bits { get; init; }

    /// <summary>Who published the prime; null where it is not a known one.</summary>
    [Description("出处")]
    public required string? Source { get; init; }

    /// <summary>SHA-256 of the prime, big-endian without leading zeros.</summary>
    public required string PrimeSha256 { get; init; }

    /// <summary>Hexadecimal.</summary>
    public required string Generator { get; init; }

    [Description("版本")]
    public required IReadOnlyList<string> Versions { get; init; }

    /// <summary>Suites it was seen with.</summary>
    public required IReadOnlyList<string> Suites { get; init; }
}
