using System.ComponentModel;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>
/// Whether another port of the candidate, by offering SSL 2.0 with the RSA key of this one, lays open what this one encrypts (DROWN,
/// CVE-2016-0800). Keys are the same where their SubjectPublicKeyInfo is.
/// </summary>
public sealed record SharedKeys
{
    /// <summary>SHA-256 over the SubjectPublicKeyInfo of the RSA keys this port showed for its name, lower-case hexadecimal; missing where it may have shown others.</summary>
    [Description("本端口 RSA 公钥的摘要（SHA-256）")]
    public Fact<IReadOnlyList<string>> RsaKeys { get; init; }

    /// <summary>
    /// True: a port of <see cref="OldPorts"/>. False: of every other port it is known that it does not offer SSL 2.0, or not with a key that this
    /// one shows for its name. Missing otherwise.
    /// </summary>
    [Description("别的端口以同一把 RSA 密钥提供 SSLv2")]
    public Fact<bool> OpenedBySsl2 { get; init; }

    /// <summary>Ports that offer SSL 2.0 with a key of this one, as the candidate names them; of many the first twenty, and how many there are.</summary>
    [Description("以同一把 RSA 密钥提供 SSLv2 的端口")]
    public required IReadOnlyList<string> OldPorts { get; init; }

    /// <summary>Ports of which it is not known; of many as with <see cref="OldPorts"/>.</summary>
    [Description("不能断定的端口")]
    public required IReadOnlyList<string> Undecided { get; init; }

    /// <summary>Ports this one was compared with.</summary>
    [Description("比较过的端口数")]
    public required int Compared { get; init; }
}
