using System.ComponentModel;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>
/// The cipher suites of a port, version by version. A suite is listed after a ServerHello that selects it; a list stands only where all
/// others were refused cleanly. "Offers" fields are true as soon as one suite proves them, false only where nothing is left open.
/// </summary>
public sealed record OfferedSuites
{
    /// <summary>Every version's list is whole and no version is undecided.</summary>
    [Description("枚举完整")]
    public required bool IsWhole { get; init; }

    /// <summary>Versions proven, in the order of reports.</summary>
    [Description("各版本的套件")]
    public required IReadOnlyList<VersionSuites> Versions { get; init; }

    /// <summary>The whole list of different suites of all versions, by name.</summary>
    public Fact<IReadOnlyList<string>> Suites { get; init; }

    /// <summary>No encryption (NULL).</summary>
    [Description("提供 NULL（不加密）套件")]
    public Fact<bool> OffersNull { get; init; }

    /// <summary>No authentication of the server (RFC 5246 §A.5).</summary>
    [Description("提供匿名套件")]
    public Fact<bool> OffersAnonymous { get; init; }

    [Description("提供 EXPORT 套件")]
    public Fact<bool> OffersExport { get; init; }

    /// <summary>RSA_EXPORT of SSL 3.0 and TLS: keys of 512 bits that clients can be talked into (FREAK, CVE-2015-0204).</summary>
    [Description("提供 RSA_EXPORT 套件")]
    public Fact<bool> OffersRsaExport { get; init; }

    /// <summary>DHE_EXPORT or anonymous DH for export: primes of 512 bits (Logjam, CVE-2015-4000).</summary>
    [Description("提供 DHE_EXPORT 套件")]
    public Fact<bool> OffersDhExport { get; init; }

    /// <summary>RFC 7465.</summary>
    [Description("提供 RC4 套件")]
    public Fact<bool> OffersRc4 { get; init; }

    [DisplayName("提供 RC2 套件")]
    public Fact<bool> OffersRc2 { get; init; }

    /// <summary>Single DES.</summary>
    [Description("提供 DES 套件")]
    public Fact<bool> OffersDes { get; init; }

    [Description("提供 3DES 套件")]
    public Fact<bool> Offers3Des { get; init; }

    /// <summary>Blocks of 64 bits: 3DES, DES, IDEA, RC2 and GOST (Sweet32, CVE-2016-2183).</summary>
    [Description("提供 64 位分组套件")]
    public Fact<bool> OffersSmallBlocks { get; init; }

    [DisplayName("提供 MD5 校验的套件")]
    public Fact<bool> OffersMd5Mac { get; init; }

    public Fact<bool> OffersSha1Mac { get; init; }

    public Fact<bool> OffersCbc { get; init; }

    /// <summary>AEAD is offered at all.</summary>
    [DisplayName("提供 AEAD 套件")]
    public Fact<bool> OffersAead { get; init; }

    /// <summary>Key transport to the certificate's RSA key.</summary>
    [Description("提供静态 RSA 密钥交换")]
    public Fact<bool> OffersStaticRsa { get; init; }

    /// <summary>A suite with forward secrecy is offered at all.</summary>
    [Description("提供前向保密套件")]
    public Fact<bool> OffersForwardSecrecy { get; init; }

    /// <summary>No suite lacks forward secrecy.</summary>
    [Description("全部套件前向保密")]
    public Fact<bool> OffersForwardSecrecyOnly { get; init; }

    /// <summary>No suite lacks AEAD.</summary>
    [Description("全部套件为 AEAD")]
    public Fact<bool> OffersAeadOnly { get; init; }

    /// <summary>A suite of SM algorithms alone (GB/T 38636-2020, RFC 8998). Before a foreign certificate it proves little: see smTls13 of the versions.</summary>
    [Description("提供国密套件")]
    public Fact<bool> OffersSm { get; init; }

    /// <summary>As <c>smProved</c> of the protocol versions: a signature by an SM2 key stands behind the SM suites; false where none are offered.</summary>
    [Description("国密通道经签名证实")]
    public Fact<bool> SmProved { get; init; }

    /// <summary>A suite with other than SM algorithms.</summary>
    [Description("提供非国密套件")]
    public Fact<bool> OffersForeign { get; init; }

    /// <summary>The whole list of SM suites, by name.</summary>
    [Description("国密套件")]
    public Fact<IReadOnlyList<string>> SmSuites { get; init; }

    /// <summary>The whole list of all others, by name.</summary>
    public Fact<IReadOnlyList<string>> ForeignSuites { get; init; }

    /// <summary>SM suites of GM/T 0024-2014 that GB/T 38636-2020 dropped: SM1, or SM4 with SHA-1.</summary>
    [DisplayName("提供已废止的国密套件")]
    public Fact<bool> OffersWithdrawnSm { get; init; }

    /// <summary>A TLCP suite is selected inside TLS, which no standard defines.</summary>
    [Description("在 TLS 中提供 TLCP 套件（无标准）")]
    public Fact<bool> OffersTlcpSuiteInTls { get; init; }

    /// <summary>Class of the weakest suite of all versions.</summary>
    [Description("最弱套件的级别")]
    public Fact<SuiteClass> WeakestClass { get; init; }

    /// <summary>Key bits of the weakest suite of all versions; 0 for NULL.</summary>
    [Description("最短密钥位数")]
    public Fact<int> SmallestKeyBits { get; init; }

    /// <summary>
    /// Bits of security of the weakest suite of all versions as known attacks leave them: 0 for NULL and RC4 (RFC 7465), else its key.
    /// The certificate's key is not counted here.
    /// </summary>
    [Description("最弱套件的安全强度（位）")]
    public Fact<int> WeakestStrengthBits { get; init; }

    /// <summary>Every version with two suites or more picks by the server's own order.</summary>
    [Description("按服务器顺序选择")]
    public Fact<bool> ServerPrefers { get; init; }

    /// <summary>In every version that offers both, the server puts an SM suite first; null where none offers both.</summary>
    [Description("优先国密套件")]
    public Fact<bool?> PrefersSm { get; init; }

    /// <summary>
    /// Equal hellos got different answers, or the same suite different certificates: several servers that are not set up alike stand behind
    /// the port, and every other fact may be true of one of them alone. False where all lists are whole and nothing of it was seen.
    /// </summary>
    [Description("后端配置不一致")]
    public Fact<bool> AnswersDiffer { get; init; }

    /// <summary>Seen on the way, from the first hello of the run on; not a whole list.</summary>
    [Description("端口行为")]
    public required IReadOnlyList<ServerBehaviour> Behaviours { get; init; }

    /// <summary>TCP connections this port was asked on so far in the run, those of other probes that share them included.</summary>
    public required int Connections { get; init; }
}

/// <summary>The suites of one version.</summary>
public sealed record VersionSuites
{
    [Description("")]
    public required string Version { get; init; }

    /// <summary>The whole list; in the server's order where <see cref="ServerPrefers"/> is true, else strongest first.</summary>
    [Description("")]
    public Fact<IReadOnlyList<SuiteOffer>> Suites { get; init; }

    /// <summary>Those proven, where the list is not whole.</summary>
    public required IReadOnlyList<SuiteOffer> Confirmed { get; init; }

    /// <summary>True: the server's order decides. False: the client's. Null: one suite alone, or TLS before it had an order (SSL 2.0).</summary>
    public Fact<bool?> ServerPrefers { get; init; }

    /// <summary>What the server puts first; null where the client's order decides.</summary>
    public Fact<string?> Preferred { get; init; }

    public Fact<SuiteClass> WeakestClass { get; init; }

    /// <summary>Why the list is not whole, for people; null where it is.</summary>
    [Description("")]
    public string? Trouble { get; init; }
}

/// <summary>One suite and what its name says.</summary>
public sealed record SuiteOffer
{
    /// <summary>0x and four hexadecimal digits; six for SSL 2.0.</summary>
    public required string Number { get; init; }

    [Description("")]
    public required string Name { get; init; }

    public required SuiteClass Class { get; init; }

    public required bool ForwardSecrecy { get; init; }

    public required bool Aead { get; init; }

    public required bool Sm { get; init; }

    public required int KeyBits { get; init; }

    /// <summary>False for a number whose meaning is not published.</summary>
    public required bool Recognised { get; init; }
}
