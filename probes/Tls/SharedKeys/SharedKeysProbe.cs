using System.Text;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>Lays the ports of the candidate beside each other once all of them were looked at.</summary>
public sealed class SharedKeysProbe : Probe<Endpoint, SharedKeys>
{
    /// <summary>Of a list of ports; with more of them every port's list would be as long as the candidate has ports.</summary>
    private const int Told = 20;

    public override ProbeManifest Manifest { get; } = new()
    {
        Id = "tls.shared-keys",
        Pillar = Pillar.Tls,
        Title = "各端口共用的密钥",
        Question = "别的端口是不是以本端口的 RSA 密钥提供 SSL 2.0（DROWN）？",
        Needs = typeof(Endpoint),
        Observes = typeof(SharedKeys),
        Touches = Touches.None,
        Intrusiveness = Intrusiveness.Safe,
        Timeout = TimeSpan.FromSeconds(15),
        ComesLast = true,
        Version = "1",
    };

    protected override async Task<ProbeOutcome> ObserveAsync(Endpoint target, ProbeContext context, CancellationToken cancellationToken)
    {
        if (target.Protocol == EndpointProtocol.Http)
        {
            return new NotNeeded("明文 HTTP 端点，不出示证书");
        }

        var ports = await PortKeys.OfAllAsync(context, cancellationToken);
        var others = ports.Where(p => p.Endpoint.Authority != target.Authority).ToList();
        if (others.Count == 0)
        {
            return new NotNeeded("只看了这一个加密端口，没有别的端口可以比较");
        }

        var own = ports.First(p => p.Endpoint.TargetId == target.TargetId);
        switch (VersionSurvey.Done(target, context))
        {
            case null:
                throw new UnableException(FailureKind.Unreachable, $"没有看成 {target.Authority} 的握手，不知道它用哪些密钥");
            case { ShowsTls: false } silent:
                throw silent.Explain(target);
        }

        var compared = others.ConvertAll(o => (Port: o, Opens: o.Opens(own)));
        var undecided = compared.Where(c => c.Opens is null).Select(c => c.Port.Name).ToList();
        var opening = compared.Where(c => c.Opens == true).Select(c => c.Port.Name).ToList();
        var record = new SharedKeys
        {
            RsaKeys = own.IsWhole ? new Fact<IReadOnlyList<string>>([.. own.RsaKeys.Order(StringComparer.Ordinal)]) : default,
            OpenedBySsl2 = opening.Count > 0 ? true : undecided.Count == 0 ? false : default(Fact<bool>),
            OldPorts = First(opening),
            Undecided = First(undecided),
            Compared = compared.Count,
        };
        return Saw(target, context, record, (await TableAsync(ports, context, cancellationToken)).Evidence);
    }

    private static List<string> First(List<string> names) => names.Count <= Told ? names : [.. names.Take(Told), $"等 {names.Count} 个"];

    /// <summary>One for all ports of a run: each of them is laid beside all the others.</summary>
    private Task<Table> TableAsync(IReadOnlyList<PortKeys> ports, ProbeContext context, CancellationToken cancellationToken) =>
        context.Shared.GetAsync(
            "tls.port-keys-table",
            _ => Task.FromResult(new Table(context.Evidence.Save(new EvidenceDraft(
                Manifest.Id, "all-ports", "keys.txt", "text/plain", Encoding.UTF8.GetBytes(string.Concat(ports.Select(Line))), "各端口的 RSA 公钥摘要（SHA-256），以及是否提供 SSL 2.0")))),
            cancellationToken);

    private static string Line(PortKeys port) =>
        $"{port.Name}  SSLv2 {port.OffersSsl2 switch { true => $"提供，密钥 {port.Ssl2Key ?? "没有读到"}", false => "不提供", null => "不能断定" }}；RSA {string.Join(' ', port.RsaKeys.Order(StringComparer.Ordinal))}{(port.IsWhole ? "" : "（证书没有看全）")}\n";

    private sealed record Table(Evidence Evidence);
}
