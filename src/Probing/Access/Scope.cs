using System.Globalization;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probing;

/// <summary>范围 · the host:port pairs of candidate.yaml, and all ports of the hosts whose exposure it asks about; nothing else is contacted.</summary>
public sealed class Scope
{
    private readonly HashSet<string> _allowed;
    private readonly HashSet<string> _names;
    private readonly HashSet<string> _whole;
    private readonly HashSet<string> _services;

    /// <param name="allowed">Pairs as <see cref="Key"/> writes them.</param>
    /// <param name="names">Hosts that are only spoken of.</param>
    /// <param name="endpoints">Ports that are looked at in their own right.</param>
    /// <param name="whole">Hosts whose every port may be looked at.</param>
    private Scope(IEnumerable<string> allowed, IEnumerable<string> names, IReadOnlyList<Endpoint> endpoints, IEnumerable<ExposedHost> whole)
    {
        Endpoints = endpoints;
        var exposed = whole.Select(e => e.Address).ToList();
        _whole = new HashSet<string>(exposed.Select(Plain), StringComparer.OrdinalIgnoreCase);
        _services = endpoints.SelectMany(e => new[] { e.Host, e.ServerName }.OfType<string>().Select(n => Key(Plain(n), e.Port))).ToHashSet(StringComparer.OrdinalIgnoreCase);
        names = names.Concat(exposed);
        _allowed = new HashSet<string>(allowed, StringComparer.OrdinalIgnoreCase);
        _names = new HashSet<string>(names.Select(Plain), StringComparer.OrdinalIgnoreCase);
    }

    public static Scope Of(Candidate candidate) => new(
        candidate.Endpoints.Select(e => Key(e.Host, e.Port)).Concat(SshHosts(candidate.Hosts)),
        NamesOf(candidate.Endpoints).Concat(candidate.Hosts.Select(h => h.Address).OfType<string>()),
        candidate.Endpoints,
        candidate.Exposure);

    /// <summary>Ports that are looked at in their own right.</summary>
    public IReadOnlyList<Endpoint> Endpoints { get; }

    /// <summary>A host the candidate speaks of, by address or by server name, on whatever port; no reason to contact it.</summary>
    /// <param name="host">Without brackets.</param>
    public bool Names(string host) => _names.Contains(Plain(host));

    /// <summary>A port of a host, by address or by server name, that is itself an endpoint and so is looked at in its own right.</summary>
    /// <param name="host">Without brackets.</param>
    /// <param name="port">1–65535.</param>
    public bool Serves(string host, int port) => _services.Contains(Key(Plain(host), port));

    /// <summary>
    /// What a command line names: endpoints, those hosts that are reached over ssh, and services that samples give as web addresses. In a run
    /// of candidate.yaml such a service has to be one of its endpoints.
    /// </summary>
    public static Scope Of(IEnumerable<Target> targets)
    {
        var all = targets.ToList();
        return new Scope(
            all.OfType<Endpoint>().Select(e => Key(e.Host, e.Port)).Concat(SshHosts(all.OfType<Host>())).Concat(Services(all.OfType<CryptoSample>())),
            NamesOf(all.OfType<Endpoint>()).Concat(all.OfType<Host>().Select(h => h.Address).OfType<string>()),
            [.. all.OfType<Endpoint>()],
            all.OfType<ExposedHost>());
    }

    public bool Allows(string host, int port) => _allowed.Contains(Key(host, port)) || _whole.Contains(Plain(host));

    /// <exception cref="UnableException">Always of kind <see cref="FailureKind.Refused"/>.</exception>
    public void Demand(string host, int port)
    {
        if (!Allows(host, port))
        {
            throw new UnableException(FailureKind.Refused, $"{host}:{port} 不在 candidate.yaml 列出的范围内，未连接");
        }
    }

    /// <summary>A bundle, a tree and this machine are read and not contacted.</summary>
    private static IEnumerable<string> SshHosts(IEnumerable<Host> hosts) => hosts.Where(h => h.Address is not null).Select(h => Key(h.Address!, h.Port));

    private static IEnumerable<string> Services(IEnumerable<CryptoSample> samples) => samples
        .Select(s => Uri.TryCreate(s.Path, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps) ? url : null).OfType<Uri>()
        .Select(u => Key(u.IdnHost.Trim('[', ']'), u.Port));

    private static IEnumerable<string> NamesOf(IEnumerable<Endpoint> endpoints) =>
        endpoints.SelectMany(e => new[] { e.Host, e.ServerName }).OfType<string>();

    /// <summary>As it goes onto the wire, where it is a name that can.</summary>
    private static string Plain(string host)
    {
        var name = host.TrimEnd('.');
        try
        {
            return name.All(char.IsAscii) ? name : new IdnMapping().GetAscii(name);
        }
        catch (ArgumentException)
        {
            return name;
        }
    }

    private static string Key(string host, int port) => $"{host.TrimEnd('.')}|{port}";
}
