using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probing;

/// <summary>范围 · the host:port pairs of candidate.yaml; nothing else is contacted.</summary>
public sealed class Scope
{
    private readonly HashSet<string> _allowed;

    private Scope(IEnumerable<string> allowed) => _allowed = new HashSet<string>(allowed, StringComparer.OrdinalIgnoreCase);

    public static Scope Of(Candidate candidate) => new(
        candidate.Endpoints.Select(e => Key(e.Host, e.Port)).Concat(SshHosts(candidate.Hosts)));

    public static Scope Of(IEnumerable<Endpoint> endpoints) => new(endpoints.Select(e => Key(e.Host, e.Port)));

    /// <summary>Endpoints, and those hosts that are reached over ssh.</summary>
    public static Scope Of(IEnumerable<Target> targets)
    {
        var all = targets.ToList();
        return new Scope(all.OfType<Endpoint>().Select(e => Key(e.Host, e.Port)).Concat(SshHosts(all.OfType<Host>())));
    }

    public bool Allows(string host, int port) => _allowed.Contains(Key(host, port));

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

    private static string Key(string host, int port) => $"{host.TrimEnd('.')}|{port}";
}
