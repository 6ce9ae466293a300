using System.Globalization;
using System.Net;
using System.Xml.Linq;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>
/// server.xml as Tomcat takes it: an element counts only in its place, an attribute only as it is spelled (but for its first letter), and of
/// what is of a kind nobody knows here nothing good is said.
/// </summary>
internal sealed class TomcatServer
{
    private const string Package = "org.apache.catalina.";
    private const string Common = "%h %l %u %t \"%r\" %s %b";

    /// <summary>What may stand within what; below the others anything may stand, and nothing of it is judged.</summary>
    private static readonly Dictionary<string, string[]> Places = new(StringComparer.Ordinal)
    {
        ["Server"] = ["Listener", "GlobalNamingResources", "Service"],
        ["Service"] = ["Listener", "Executor", "Connector", "Engine"],
        ["Connector"] = ["SSLHostConfig", "UpgradeProtocol", "Listener"],
        ["SSLHostConfig"] = ["Certificate", "OpenSSLConf"],
        ["Engine"] = ["Realm", "Host", "Valve", "Cluster", "Listener"],
        ["Host"] = ["Realm", "Valve", "Context", "Alias", "Cluster", "Listener"],
        ["Realm"] = ["Realm", "CredentialHandler"],
    };

    private static readonly string[] Judged =
        ["port", "shutdown", "protocol", "address", "SSLEnabled", "secretRequired", "protocols", "sslEnabledProtocols", "className", "failureCount", "lockOutTime", "pattern", "enabled", "appBase", "pathname"];

    private static readonly HashSet<string> PlainLog = new(
        ["className", "directory", "prefix", "suffix", "pattern", "rotatable", "renameOnRotate", "fileDateFormat", "buffered", "encoding", "maxDays", "resolveHosts", "locale", "requestAttributesEnabled", "ipv6Canonical", "checkExists", "maxLogMessageBufferSize"],
        StringComparer.Ordinal);

    private static readonly string[] Stores = [$"{Package}realm.LockOutRealm", $"{Package}realm.CombinedRealm", $"{Package}realm.UserDatabaseRealm", $"{Package}realm.NullRealm"];

    private readonly XElement _root;
    private readonly List<XElement> _connectors;
    private readonly List<XElement> _realms;

    /// <exception cref="UnableException">Something is not where or not spelled as Tomcat wants it.</exception>
    public TomcatServer(string path, XDocument document)
    {
        _root = document.Root is { Name.LocalName: "Server" } root ? root : throw new UnableException(FailureKind.BadInput, $"配置无效：{path} 的根元素不是 Server");
        Check(path, _root);
        _connectors = [.. _root.Elements("Service").Elements("Connector")];
        var engines = _root.Elements("Service").Elements("Engine").ToList();
        _realms = [.. engines.Elements("Realm"), .. engines.Elements("Host").Elements("Realm")];
        Hosts = [.. engines.Elements("Host")];
    }

    public IReadOnlyList<XElement> Hosts { get; }

    /// <summary>Every user is in tomcat-users.xml beside server.xml.</summary>
    public bool HasUsersInOneFile => _root.Descendants("Realm").All(r => Stores.Contains(Value(r, "className"), StringComparer.Ordinal))
        && _root.Elements("GlobalNamingResources").Elements("Resource").All(r => Value(r, "pathname") is null or "conf/tomcat-users.xml");

    /// <summary>Applications come from the folder webapps and the descriptors beside server.xml alone.</summary>
    public bool HasApplicationsInOnePlace => Hosts.All(h => Value(h, "appBase") is null or "webapps" && Value(h, "xmlBase") is null) && !_root.Descendants("Context").Any();

    /// <summary>Missing where some realms lock and others do not.</summary>
    public Fact<bool> LocksOut => _realms.Count > 0 && _realms.TrueForAll(Locks) ? true : _realms.Exists(r => Value(r, "className")?.EndsWith("LockOutRealm", StringComparison.Ordinal) == true && r.HasElements) ? default(Fact<bool>) : false;

    /// <summary>Of several realms the weakest.</summary>
    public Fact<long?> FailureCount => Locking("failureCount", 5, l => l.Max());

    /// <inheritdoc cref="FailureCount"/>
    public Fact<long?> LockOutSeconds => Locking("lockOutTime", 300, l => l.Min());

    /// <summary>Missing where a connector speaks what is neither HTTP nor AJP to us, and no other is open.</summary>
    public Fact<IReadOnlyList<string>> OpenAjp
    {
        get
        {
            List<string> open = [.. _connectors.Where(c => IsAjp(c) && !(IsLoopback(Value(c, "address")) && Value(c, "secretRequired")?.ToLowerInvariant() is null or "true")).Select(Port)];
            return open.Count > 0 || _connectors.TrueForAll(c => IsAjp(c) || IsHttp(c)) ? new(open) : default(Fact<IReadOnlyList<string>>);
        }
    }

    public long? ShutdownPort => long.TryParse(Value(_root, "port"), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    public bool ShutdownIsDefault => Value(_root, "shutdown") is null or "SHUTDOWN";

    /// <summary>Missing where some are switched off, filtered or of another kind, or only some hosts have one.</summary>
    public Fact<IReadOnlyList<string>> AccessLogs
    {
        get
        {
            var engines = Hosts.Select(h => h.Parent!).Distinct().ToList();
            var valves = engines.Elements("Valve").Concat(Hosts.Elements("Valve")).Where(IsLog).ToList();
            var isOfAll = valves.Count == 0 || Hosts.All(h => h.Elements("Valve").Concat(h.Parent!.Elements("Valve")).Any(IsLog));
            return isOfAll && valves.TrueForAll(IsPlainLog)
                ? new([.. valves.Select(v => Value(v, "pattern") switch { null or "common" => Common, "combined" => $"{Common} \"%{{Referer}}i\" \"%{{User-Agent}}i\"", { } own => own })])
                : default(Fact<IReadOnlyList<string>>);
        }
    }

    public IReadOnlyList<string> ClearConnectors => [.. _connectors.Where(c => !IsAjp(c) && !IsTls(c) && !IsLoopback(Value(c, "address"))).Select(Port)];

    /// <summary>sslProtocol names a kind of context and limits nothing. Missing where some TLS connector names none: what it does is the machine's.</summary>
    public Fact<IReadOnlyList<string>> TlsProtocols
    {
        get
        {
            var written = _connectors.Where(IsTls).SelectMany(c => c.Elements("SSLHostConfig").Select(h => Value(h, "protocols")).DefaultIfEmpty(Value(c, "sslEnabledProtocols"))).ToList();
            return written.TrueForAll(w => w?.Contains("${", StringComparison.Ordinal) == false)
                ? new([.. written.OfType<string>().SelectMany(w => w.Split(['+', ',', ' '], StringSplitOptions.RemoveEmptyEntries)).Distinct(StringComparer.Ordinal)])
                : default(Fact<IReadOnlyList<string>>);
        }
    }

    /// <summary>Tomcat makes the first letter a capital one and asks for the method of that name.</summary>
    public static string? Value(XElement element, string name) => element.Attributes().FirstOrDefault(a => IsSpelled(a.Name.LocalName, name))?.Value;

    private static bool IsSpelled(string written, string name) => written.Length == name.Length && char.ToUpperInvariant(written[0]) == char.ToUpperInvariant(name[0]) && written[1..] == name[1..];

    private static void Check(string path, XElement element)
    {
        foreach (var name in Judged)
        {
            var alike = element.Attributes().Where(a => a.Name.LocalName.Equals(name, StringComparison.OrdinalIgnoreCase) && !(name == "protocols" && a.Name.LocalName == "Protocols")).ToList();
            if (alike.Count > 1 || alike.Exists(a => !IsSpelled(a.Name.LocalName, name) || a.Name.NamespaceName.Length > 0))
            {
                throw new UnableException(FailureKind.BadInput, $"配置无效：{path} 的 {element.Name.LocalName} 里 {name} 写了两次，或大小写不是 Tomcat 认识的");
            }
        }

        if (!Places.TryGetValue(element.Name.LocalName, out var inside))
        {
            return;
        }

        foreach (var child in element.Elements())
        {
            if (child.Name.NamespaceName.Length > 0 || !inside.Contains(child.Name.LocalName, StringComparer.Ordinal))
            {
                throw new UnableException(FailureKind.BadInput, $"{path} 的 {element.Name.LocalName} 里有不认识的元素 {child.Name.LocalName}，不能判读");
            }

            Check(path, child);
        }
    }

    private Fact<long?> Locking(string name, long standard, Func<IEnumerable<long>, long> worst)
    {
        if (!LocksOut.IsKnown)
        {
            return default;
        }

        var said = _realms.Where(Locks).Select(r => Value(r, name) is not { } text ? standard : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : (long?)null).ToList();
        return !LocksOut.Value ? new Fact<long?>(null) : said.Contains(null) ? default : new Fact<long?>(worst(said.OfType<long>()));
    }

    private static bool Locks(XElement realm) => Value(realm, "className") == $"{Package}realm.LockOutRealm" && realm.Elements("Realm").Any();

    private static bool IsLog(XElement valve) => Value(valve, "className")?.EndsWith("AccessLogValve", StringComparison.Ordinal) == true;

    private static bool IsPlainLog(XElement valve) => Value(valve, "className") == $"{Package}valves.AccessLogValve"
        && valve.Attributes().All(a => PlainLog.Contains(a.Name.LocalName) || (a.Name.LocalName == "enabled" && a.Value == "true"));

    private static string Port(XElement connector) => Value(connector, "port") ?? "8080";

    private static bool IsTls(XElement connector) => Value(connector, "SSLEnabled")?.ToLowerInvariant() == "true";

    private static bool IsAjp(XElement connector) => Value(connector, "protocol")?.Contains("ajp", StringComparison.OrdinalIgnoreCase) == true;

    private static bool IsHttp(XElement connector) => Value(connector, "protocol") is null or "HTTP/1.1" || Value(connector, "protocol")!.StartsWith("org.apache.coyote.http11.", StringComparison.Ordinal);

    private static bool IsLoopback(string? address) => address == "localhost" || (IPAddress.TryParse(address, out var ip) && IPAddress.IsLoopback(ip));
}
