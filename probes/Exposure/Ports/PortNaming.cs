using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.Exposure;

/// <summary>What an open port is by the table of the rules: by what it said where it said something, else by its number.</summary>
internal sealed class PortNaming
{
    private readonly List<KnownPort> _all;
    private readonly Dictionary<int, KnownPort> _byNumber;

    public PortNaming(IReadOnlyList<ServiceTable> tables)
    {
        _all = [.. tables.SelectMany(t => t.Ports)];
        _byNumber = _all.DistinctBy(p => p.Port).ToDictionary(p => p.Port);
    }

    /// <summary>
    /// A port that speaks another service than its number stands for is what it speaks: SSH on 3306 is no database. What was not
    /// recognised is what its number says.
    /// </summary>
    public KnownPort? Find(FoundPort found)
    {
        if (found.Product is { } product && _all.Find(p => p.Products.Any(w => product.Contains(w, StringComparison.OrdinalIgnoreCase))) is { } byProduct)
        {
            return byProduct;
        }

        var byNumber = _byNumber.GetValueOrDefault(found.Number);
        if (found.Service is not { } said || byNumber?.Service == said)
        {
            return byNumber;
        }

        // Web services and TLS hide what lies behind them; there the number still says more.
        return _all.Find(p => p.Service == said && p.Group != ServiceGroup.Ordinary) ?? (IsWrapping(said) ? byNumber : _all.Find(p => p.Service == said));
    }

    /// <summary>Pages may be asked for: it is known to speak HTTP, or nothing is known of it.</summary>
    public bool MaySpeakHttp(FoundPort found) => found.Service is { } said ? IsHttp(said) || Find(found) is { IsWeb: true } : Find(found) is null or { IsWeb: true };

    /// <summary>Recognised as a service that asks for a login or gives nothing away by itself; a number alone proves nothing.</summary>
    public bool IsHarmless(FoundPort found) => found.Service is not null && Find(found) is { Group: ServiceGroup.Ordinary };

    private static bool IsHttp(string service) => service is "http" or "https" or "http-alt" or "http-proxy";

    private static bool IsWrapping(string service) => service is "http" or "https" or "ssl" or "tcpwrapped" or "http-alt" or "http-proxy" or "unknown";
}
