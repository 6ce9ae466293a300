using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Pipeline;

/// <summary>Reads the lists of targets of candidate.yaml.</summary>
internal sealed class TargetReader(
    string folder, CandidateReading reading, FaultList faults, SecretReader secrets, TrustReader trust, TrustMaterial trustOfAll)
{
    private static readonly (string, EndpointProtocol)[] Protocols =
        [("https", EndpointProtocol.Https), ("http", EndpointProtocol.Http), ("tls", EndpointProtocol.Tls)];

    private static readonly (string, EndpointPurpose)[] Purposes = [("business", EndpointPurpose.Business), ("management", EndpointPurpose.Management)];

    private static readonly (string, CryptoSampleKind)[] SampleWords = [.. CryptoSampleKinds.All.Select(f => (f.Word, f.Kind))];

    private static readonly (string, StartTlsProtocol)[] StartTlsWords = [.. StartTlsNames.All.Select(p => (p.Word(), p))];

    /// <summary>Bytes; a document that begins with more blanks is none.</summary>
    private const int BlankLook = 4096;

    public Endpoint? Endpoint(MappingReader reader)
    {
        var id = reader.Identifier("id", required: true, "id: portal");
        var startTls = reader.Choice("starttls", StartTlsWords);
        var address = Address(reader, startTls?.StandardPort());
        var protocol = Protocol(reader, address, startTls);
        var authorization = secrets.Read(reader, "authorization");
        if (authorization is not null && protocol == EndpointProtocol.Http)
        {
            faults.Add(reader.PlaceOf("authorization"), "authorization 不能用在明文 HTTP 端点上，否则口令会以明文发出", "只写在 https 端点上");
        }

        var endpoint = new Endpoint
        {
            Id = id ?? "?",
            Title = reader.Text("title", cap: 100),
            Host = address?.Host ?? "?",
            Port = address?.Port ?? 1,
            Protocol = protocol,
            Purpose = reader.Choice("purpose", Purposes) ?? EndpointPurpose.Business,
            StartTls = startTls,
            ServerName = reader.Text("serverName", example: "serverName: portal.example.cn", cap: 253),
            Path = RequestPath(reader) ?? address?.Path ?? "/",
            Authorization = authorization,
            MaxConnections = reader.Integer("maxConnections", 1, 64) ?? 4,
            Trust = trust.Read(reader).With(trustOfAll),
        };
        return id is null || address is null ? null : endpoint;
    }

    public Host? Host(MappingReader reader) => new HostReader(faults, ExistingPath, (inner, key) => [.. inner.Items(key).Select(v => Existing(v, key)).OfType<string>()]).Read(reader);

    public ImportedReport? Import(MappingReader reader)
    {
        var tool = reader.Choice("tool", ForeignWords.Tools, required: true);
        var host = reader.Identifier("host", required: false, "host: app-server");
        var tree = reader.Identifier("sourceTree", required: false, "sourceTree: portal-src");
        var (id, title, path) = Named(reader, "id: lynis-app");
        return id is null || path is null || tool is null ? null : new ImportedReport { Id = id, Title = title, Path = path, Tool = tool.Value, HostId = host, SourceTreeId = tree };
    }

    public SourceTree? SourceTree(MappingReader reader)
    {
        var (id, title, path) = Named(reader, "id: portal-src");
        var osv = ExistingPath(reader, "osv", required: false);
        var (suppressions, baseline) = (ExistingPath(reader, "suppressions", required: false), ExistingPath(reader, "baseline", required: false));
        var history = reader.Flag("history") ?? false;
        var flows = ProjectFlowReader.Read(reader);
        return id is null || path is null
            ? null
            : new SourceTree
            {
                Id = id, Title = title, Path = path, Osv = osv, Baseline = baseline, History = history, Flows = flows,
                Suppressions = suppressions is not null && reading != CandidateReading.ForReplay ? SuppressionReader.Read(suppressions, faults) : [],
            };
    }

    public ArchivePackage? ArchivePackage(MappingReader reader)
    {
        var (id, title, path) = Named(reader, "id: sample-package");
        var own = new ArchiveDataReader(faults, reading != CandidateReading.ForReplay, (inner, key) => ExistingPath(inner, key, required: false));
        var (profile, ownProfile) = own.Profile(reader);
        var (scheme, ownScheme) = own.Scheme(reader);
        var stage = reader.Choice("stage", ArchiveStages.All) ?? ArchiveStage.Archiving;
        var (register, list) = (ExistingPath(reader, "register", required: false), ExistingPath(reader, "transferList", required: false));
        var (results, key) = (ExistingPath(reader, "detectionResults", required: false), ExistingPath(reader, "detectionKey", required: false));
        if (results is null != key is null)
        {
            faults.Add(reader.At, "detectionResults 与 detectionKey 只写了一个", "填好的结果表和 archive defects make 写出的植入清单，两个都写", "detectionResults: 样本/结果.csv");
        }

        var roots = reader.Items("trustRoots").Select(v => Existing(v, "trustRoots")).OfType<string>().ToList();
        var revocations = reader.Items("revocations").Select(v => Existing(v, "revocations")).OfType<string>().ToList();
        return id is null || path is null
            ? null
            : new ArchivePackage
            {
                Id = id, Title = title, Path = path, Profile = profile, OwnProfile = ownProfile, Stage = stage, Register = register,
                TransferList = list, Scheme = scheme, OwnScheme = ownScheme, TrustRoots = roots, Revocations = revocations, DetectionResults = results, DetectionKey = key,
            };
    }

    public CryptoSample? CryptoSample(MappingReader reader)
    {
        var kind = reader.Choice("sampleKind", SampleWords, required: true);
        var (id, title) = (reader.Identifier("id", required: true, "id: random-bits"), reader.Text("title", cap: 100));
        var path = kind == CryptoSampleKind.Conformance && ServiceAddress(reader) is { } service ? service : ExistingPath(reader, "path", required: true);
        var settings = new SampleSettingReader(faults, secrets, (inner, key) => ExistingPath(inner, key, required: false)).Read(reader, kind?.Form());
        return id is null || path is null || kind is null
            ? null
            : new CryptoSample { Id = id, Title = title, Path = path, SampleKind = kind.Value, Settings = settings.Plain, Secrets = settings.Secrets };
    }

    /// <summary>A system's own implementation may be asked over HTTP; whether its host is one of the candidate's the scope of the run sees.</summary>
    /// <returns>Null where the path is no web address; it is then left to be read as a file.</returns>
    private string? ServiceAddress(MappingReader reader)
    {
        if (reader.Peek("path") is not YamlScalar { Text: var text } || !(text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("https://", StringComparison.OrdinalIgnoreCase)))
        {
            return null;
        }

        var at = reader.PlaceOf("path");
        reader.Take("path");
        var why = "不是合格的网址";
        if (text.All(c => c is > ' ' and < '\x7f') && EndpointAddress.TryParse(text, out why) is not null && Uri.TryCreate(text, UriKind.Absolute, out _))
        {
            return text;
        }

        faults.Add(at, $"path {why}", "文件、目录，或 endpoints 里所列主机的 http(s):// 网址（中文须先做百分号编码）", "path: https://portal.example.cn:8443/crypto-test");
        return "?";
    }

    public Document? Document(MappingReader reader)
    {
        var kind = reader.Text("kind", required: true, "kind: 密码应用安全性评估报告", cap: 100);
        var issuedOn = reader.Date("issuedOn");
        var at = reader.PlaceOf("path");
        var (id, title, path) = Named(reader, "id: crypto-report");
        if (path is not null && reading != CandidateReading.ForReplay && WhyNoDocument(path) is { } why)
        {
            faults.Add(at, $"path 指向的 {Path.GetFileName(path)} {why}", "有内容的文件，或不空的目录", "path: materials/crypto-report.pdf");
            return null;
        }

        return id is null || path is null || kind is null ? null : new Document { Id = id, Title = title, Path = path, MaterialKind = kind, IssuedOn = issuedOn };
    }

    public WebFlow? WebFlow(MappingReader reader)
    {
        var id = reader.Identifier("id", required: true, "id: login");
        var title = reader.Text("title", cap: 100);
        var start = reader.Take("start", required: true, EndpointAddress.Expected, "start: https://portal.example.cn/login");
        var flow = ExistingPath(reader, "flow", required: false) is { } file && reading != CandidateReading.ForReplay ? FlowReader.Read(file, faults) : null;
        if (start is YamlScalar { Text: var text } && EndpointAddress.TryParse(text, out _) is not null && Uri.TryCreate(text, UriKind.Absolute, out var uri))
        {
            return id is null ? null : new WebFlow { Id = id, Title = title, Start = uri, Flow = flow };
        }

        if (start is not null)
        {
            faults.Add(start.At, "start 不是网址", "http(s):// 网址", "start: https://portal.example.cn/login");
        }

        return null;
    }

    /// <summary>Null where something is there to be handed in.</summary>
    private string? WhyNoDocument(string path)
    {
        try
        {
            if (OwnFiles.Are(path, folder))
            {
                return "是核验用的配置或其所在的目录，不是材料";
            }

            return Directory.Exists(path) ? Directory.EnumerateFileSystemEntries(path).Any() ? null : "是空目录" : RegularFile.Read(path, BlankLook) is var head && head.AsSpan().IndexOfAnyExcept(" \t\r\n\0"u8) >= 0 ? null : head.Length == 0 ? "是空文件" : "只有空白";
        }
        catch (NotRegularFileException odd)
        {
            return odd.Message;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return "读不了";
        }
    }

    /// <summary>
    /// What is upgraded in its own dialogue is no HTTP, and an address that names its protocol has named it: a file that says two things is
    /// asked which one it means, since every protocol puts other rules out of force.
    /// </summary>
    private EndpointProtocol Protocol(MappingReader reader, EndpointAddress? address, StartTlsProtocol? startTls)
    {
        var written = reader.Choice("protocol", Protocols);
        if (written is { } said && address is { Scheme: { } scheme } && said != address.Protocol)
        {
            faults.Add(reader.PlaceOf("protocol"), $"protocol: {Protocols.First(p => p.Item2 == said).Item1} 与地址里的 {scheme}:// 矛盾", "不写 protocol，或者把地址写成 主机:端口", $"protocol: {Protocols.First(p => p.Item2 == address.Protocol).Item1}");
            return address.Protocol;
        }

        if (startTls is null)
        {
            return written ?? address?.Protocol ?? EndpointProtocol.Https;
        }

        if (written is EndpointProtocol.Https or EndpointProtocol.Http || (written is null && address is { IsWebUrl: true }))
        {
            faults.Add(reader.PlaceOf(written is null ? "address" : "protocol"), $"starttls: {startTls.Value.Word()} 的端点不是 HTTP", "去掉 starttls，或者把地址写成 主机:端口 且 protocol 不写或写 tls", "protocol: tls");
        }

        return EndpointProtocol.Tls;
    }

    private EndpointAddress? Address(MappingReader reader, int? standardPort)
    {
        var example = $"address: {EndpointAddress.Example}";
        var value = reader.Take("address", required: true, EndpointAddress.Expected, example);
        if (value is null)
        {
            return null;
        }

        var why = "不是合格的地址";
        var address = value is YamlScalar { Text: var text } ? EndpointAddress.TryParse(text, out why, standardPort) : null;
        if (address is null)
        {
            faults.Add(value.At, $"address {why}", EndpointAddress.Expected, example);
        }

        return address;
    }

    private string? RequestPath(MappingReader reader)
    {
        var at = reader.PlaceOf("path");
        var path = reader.Text("path", cap: 2048);
        if (path is null || (path[0] == '/' && path.All(c => c is > ' ' and < '\x7f')))
        {
            return path;
        }

        faults.Add(at, "path 不对", "以 / 开头的路径（中文须先做百分号编码）", "path: /login");
        return null;
    }

    private (string? Id, string? Title, string? Path) Named(MappingReader reader, string example) =>
        (reader.Identifier("id", required: true, example), reader.Text("title", cap: 100), ExistingPath(reader, "path", required: true));

    internal string? ExistingPath(MappingReader reader, string key, bool required)
    {
        var value = reader.Take(key, required, "文件或目录的路径");
        return value is null ? null : Existing(value, key);
    }

    private static string ExampleOfPath(string key) => key == "path" ? "path: materials/report.pdf" : $"{key}: 目录/文件";

    private string? Existing(YamlValue value, string key)
    {
        if (value is not YamlScalar { Text: { Length: > 0 } text } || text.Contains('\0', StringComparison.Ordinal))
        {
            faults.Add(value.At, $"{key} 不是路径", "文件或目录的路径", ExampleOfPath(key));
            return null;
        }

        if (reading == CandidateReading.ForReplay)
        {
            return text;
        }

        var full = Path.GetFullPath(Path.Combine(folder, text));
        if (!Path.Exists(full))
        {
            faults.Add(value.At, $"{key} 指向的 {text} 不存在", "存在的文件或目录（相对路径从 candidate.yaml 所在目录算起）", ExampleOfPath(key));
            return null;
        }

        return full;
    }
}
