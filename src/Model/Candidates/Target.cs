using System.Text.Json.Serialization;

namespace SmartCity.SecurityCheck.Model;

/// <summary>One thing of the candidate that a probe can look at. Closed: the cases are those of this folder.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "targetKind")]
[JsonDerivedType(typeof(Endpoint), "endpoint")]
[JsonDerivedType(typeof(Host), "host")]
[JsonDerivedType(typeof(SourceTree), "source-tree")]
[JsonDerivedType(typeof(ArchivePackage), "archive-package")]
[JsonDerivedType(typeof(CryptoSample), "crypto-sample")]
[JsonDerivedType(typeof(Document), "document")]
[JsonDerivedType(typeof(WebFlow), "web-flow")]
[JsonDerivedType(typeof(ExposedHost), "exposure")]
[JsonDerivedType(typeof(ImportedReport), "import")]
public abstract record Target
{
    private protected Target() { }

    /// <summary>Unique within its kind; lower-case letters, digits, dots and hyphens.</summary>
    public required string Id { get; init; }

    /// <summary>What people call it; the id where nothing better was given.</summary>
    public string? Title { get; init; }

    /// <summary>The line of candidate.yaml where it is declared, from 1; null for a target that was named elsewhere.</summary>
    [JsonIgnore]
    public int? DeclaredAt { get; init; }

    /// <summary>The word before the colon of <see cref="TargetId"/>.</summary>
    [JsonIgnore]
    public abstract string KindId { get; }

    /// <summary>Unique within a candidate: <c>endpoint:portal</c>.</summary>
    [JsonIgnore]
    public string TargetId => $"{KindId}:{Id}";

    [JsonIgnore]
    public string DisplayName => Title ?? Id;
}

/// <summary>What is spoken on an endpoint's port.</summary>
public enum EndpointProtocol
{
    /// <summary>HTTP over TLS and/or TLCP.</summary>
    Https,

    /// <summary>HTTP in clear.</summary>
    Http,

    /// <summary>Some other protocol over TLS and/or TLCP.</summary>
    Tls,
}

/// <summary>Who uses a port.</summary>
public enum EndpointPurpose
{
    Business,

    /// <summary>远程管理通道: where administrators reach devices and consoles.</summary>
    Management,
}

/// <summary>网络端点 · a TCP port that is probed.</summary>
public sealed record Endpoint : Target
{
    public override string KindId => "endpoint";

    /// <summary>DNS name or IP literal, without brackets.</summary>
    public required string Host { get; init; }

    /// <summary>1–65535.</summary>
    public required int Port { get; init; }

    public EndpointProtocol Protocol { get; init; } = EndpointProtocol.Https;

    public EndpointPurpose Purpose { get; init; } = EndpointPurpose.Business;

    /// <summary>The dialogue that goes before TLS; null where the first byte is one of TLS. Goes with <see cref="EndpointProtocol.Tls"/> alone.</summary>
    public StartTlsProtocol? StartTls { get; init; }

    /// <summary>SNI (RFC 6066 §3) where it differs from <see cref="Host"/>; an IP literal sends none.</summary>
    public string? ServerName { get; init; }

    /// <summary>Path asked for by HTTP probes; begins with a slash.</summary>
    public string Path { get; init; } = "/";

    /// <summary>Value of the Authorization header (RFC 9110 §11.6.2) for pages behind a login.</summary>
    [JsonIgnore]
    public Secret? Authorization { get; init; }

    /// <summary>Trust anchors, intermediates and revocation lists, those of the whole candidate included.</summary>
    [JsonIgnore]
    public TrustMaterial Trust { get; init; } = TrustMaterial.None;

    /// <summary>At most this many connections at once; 1–64.</summary>
    public int MaxConnections { get; init; } = 4;

    /// <summary><c>host:port</c>, an IPv6 literal in brackets.</summary>
    [JsonIgnore]
    public string Authority => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";
}

/// <summary>
/// 主机 · a computer, or what was collected of one. Exactly one of <see cref="Address"/>, <see cref="Bundle"/>, <see cref="Root"/> and
/// <see cref="Local"/> says where it is looked at; only the first is contacted and so belongs to the scope of a run. None of them does where
/// only <see cref="Databases"/> were handed in.
/// </summary>
public sealed record Host : Target
{
    public override string KindId => "host";

    /// <summary>Name or IP literal for ssh; null where nothing is contacted.</summary>
    public string? Address { get; init; }

    /// <summary>取证包 · a .tgz the collector wrote.</summary>
    public string? Bundle { get; init; }

    /// <summary>An unpacked tree whose top stands for the root folder.</summary>
    public string? Root { get; init; }

    /// <summary>The very machine this tool runs on.</summary>
    public bool Local { get; init; }

    /// <summary>Files with what the SQL scripts printed on databases of this host; may stand alone, where the host itself is out of reach.</summary>
    public IReadOnlyList<string> Databases { get; init; } = [];

    /// <summary>Where it is looked at, for people.</summary>
    [JsonIgnore]
    public string Place => Address ?? Bundle ?? Root ?? (Local || Databases.Count == 0 ? "本机" : Databases[0]);

    public int Port { get; init; } = 22;

    public string? User { get; init; }

    /// <summary>Private key file for ssh; passwords are never taken.</summary>
    public string? IdentityFile { get; init; }

    /// <summary>known_hosts file; the user's own where null. Unknown host keys are refused.</summary>
    public string? KnownHostsFile { get; init; }
}

/// <summary>归档信息包 · one package, or a folder of packages that were handed over together.</summary>
public sealed record ArchivePackage : Target
{
    public override string KindId => "archive-package";

    public required string Path { get; init; }

    /// <summary>规范 · id of a package profile of the rules; null where it was not said, or stands in <see cref="OwnProfile"/>.</summary>
    public string? Profile { get; init; }

    /// <summary>环节.</summary>
    public ArchiveStage Stage { get; init; }

    /// <summary>登记表 · XML, Excel or CSV file with totals; null where none was given.</summary>
    public string? Register { get; init; }

    /// <summary>移交目录 · where it does not lie beside the packages; null where none was given.</summary>
    public string? TransferList { get; init; }

    /// <summary>元数据方案 · id of a scheme of the rules; null for the profile's, or where it stands in <see cref="OwnScheme"/>.</summary>
    public string? Scheme { get; init; }

    /// <summary>信任根 · PEM or DER files.</summary>
    public IReadOnlyList<string> TrustRoots { get; init; } = [];

    /// <summary>撤销信息 · files with a revocation list or an OCSP response each; empty where signers' revocation cannot be told.</summary>
    public IReadOnlyList<string> Revocations { get; init; } = [];

    /// <summary>检测结果 · what the system's own detection said of batches with known defects; null where none was given.</summary>
    public string? DetectionResults { get; init; }

    /// <summary>植入清单 · what was planted in those batches; given together with <see cref="DetectionResults"/>.</summary>
    public string? DetectionKey { get; init; }

    /// <summary>A profile from a file of the candidate's; null where none was given, and in a pack.</summary>
    [JsonIgnore]
    public PackageProfile? OwnProfile { get; init; }

    /// <summary>A scheme from a file of the candidate's; null where none was given, and in a pack.</summary>
    [JsonIgnore]
    public MetadataScheme? OwnScheme { get; init; }
}

/// <summary>密码样本 · random bits, ciphertexts, signatures, certificates.</summary>
public sealed record CryptoSample : Target
{
    public override string KindId => "crypto-sample";

    public required CryptoSampleKind SampleKind { get; init; }

    /// <summary>A file, or a folder of files that belong together.</summary>
    public required string Path { get; init; }

    /// <summary>By name, as listed in <see cref="CryptoSampleKinds"/>; files as full paths.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Keys and passwords of test accounts, by name of the setting.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, Secret> Secrets { get; init; } = new Dictionary<string, Secret>(StringComparer.Ordinal);
}

/// <summary>验收材料 · one document of the materials folder.</summary>
public sealed record Document : Target
{
    public override string KindId => "document";

    /// <summary>The kind a clause asks for, such as 密码应用安全性评估报告.</summary>
    public required string MaterialKind { get; init; }

    public required string Path { get; init; }

    public DateOnly? IssuedOn { get; init; }

    /// <summary>The project it is handed in for; null where it was named alone.</summary>
    [JsonIgnore]
    public PaperSubject? Subject { get; init; }
}

/// <summary>业务流程 · a walk through the web pages of the system.</summary>
public sealed record WebFlow : Target
{
    public override string KindId => "web-flow";

    public required Uri Start { get; init; }

    /// <summary>流程文件 · what is done there; null where only the address was given, and in a pack, whose observations have taken it in.</summary>
    [JsonIgnore]
    public BrowserFlow? Flow { get; init; }
}

/// <summary>暴露面 · a host whose ports are looked at from where this tool runs.</summary>
public sealed record ExposedHost : Target
{
    public override string KindId => "exposure";

    /// <summary>DNS name or IP literal, without brackets; never a range or a network.</summary>
    public required string Address { get; init; }

    /// <summary>Id of the entry of <c>hosts:</c> that is the same machine; null where none is.</summary>
    public string? HostId { get; init; }

    /// <summary>TCP ports that are meant to be reachable, ascending; null where nobody said which.</summary>
    public IReadOnlyList<int>? DeclaredPorts { get; init; }

    /// <summary>TCP ports that are looked at, ascending; null for those of the rules and the declared ones.</summary>
    public IReadOnlyList<int>? Ports { get; init; }

    public ScanTool Tool { get; init; } = ScanTool.Auto;
}

/// <summary>With what ports are looked at.</summary>
public enum ScanTool
{
    /// <summary>nmap where it is installed, else our own connections.</summary>
    Auto,
    Nmap,

    /// <summary>Our own connections alone, for networks where nmap is not allowed.</summary>
    Connect,
}

/// <summary>外部工具报告 · what another tool wrote about one machine.</summary>
public sealed record ImportedReport : Target
{
    public override string KindId => "import";

    public required string Path { get; init; }

    public required ForeignTool Tool { get; init; }

    /// <summary>Id of the entry of <c>hosts:</c> it is about; null where none is.</summary>
    public string? HostId { get; init; }

    /// <summary>Id of the entry of <c>sourceTrees:</c> it is about; null: the only one, if there is one.</summary>
    public string? SourceTreeId { get; init; }

    /// <summary>抑制 · those of the file that its source tree names.</summary>
    public IReadOnlyList<DeclaredSuppression> Suppressions { get; init; } = [];
}

/// <summary>Tools whose reports are read.</summary>
public enum ForeignTool
{
    /// <summary>lynis-report.dat.</summary>
    Lynis,

    /// <summary>XCCDF results or ARF.</summary>
    OpenScap,

    /// <summary><c>nmap -oX</c>.</summary>
    Nmap,

    /// <summary>SARIF 2.1.0 of a scanner of source code, whichever.</summary>
    Sarif,
}
