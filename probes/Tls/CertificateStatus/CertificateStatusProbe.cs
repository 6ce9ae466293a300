using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>Asks for a stapled answer, reads supplied lists, and asks responders only where candidate.yaml names their host as an endpoint.</summary>
public sealed class CertificateStatusProbe : Probe<Endpoint, CertificateStatuses>
{
    public override ProbeManifest Manifest { get; } = new()
    {
        Id = "tls.certificate-status",
        Pillar = Pillar.Tls,
        Title = "证书撤销状态",
        Question = "服务器证书是否已被撤销，是否装订了有效的 OCSP 应答？",
        Needs = typeof(Endpoint),
        Observes = typeof(CertificateStatuses),
        Touches = Touches.Network,
        Intrusiveness = Intrusiveness.Safe,
        Timeout = PresentedChains.Timeout,
        Connections = PresentedChains.Connections + 1,
        Version = "1",
    };

    protected override async Task<ProbeOutcome> ObserveAsync(Endpoint target, ProbeContext context, CancellationToken cancellationToken)
    {
        if (target.Protocol == EndpointProtocol.Http)
        {
            return new NotNeeded("明文 HTTP 端点，不出示证书");
        }

        var chains = await PresentedChains.OfAsync(target, context, cancellationToken);
        var basis = await TrustBasis.OfAsync(target, context, cancellationToken);
        var at = context.Clock.GetUtcNow();
        var observations = new List<Observation>();
        foreach (var chain in chains.AllTls)
        {
            observations.AddRange(await ObserveAsync(target, context, chains, chain, basis, at, cancellationToken));
        }

        return new Observed(observations);
    }

    private async Task<IReadOnlyList<Observation>> ObserveAsync(
        Endpoint target, ProbeContext context, PresentedChains chains, PresentedChain chain, TrustBasis basis, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var inquiry = new StatusInquiry(basis, context, at);
        var tls = new Followed(chain, basis, at);
        var tlcp = new Followed(chains.Tlcp, basis, at);
        var staple = await StapleQuestion.AskAsync(target, context, chains.Survey, chain, cancellationToken);
        var record = WithStaple(Bare(chain, tls), staple, new Followed(staple.Certificates, basis, at), inquiry);
        List<CertificatePath> paths = [.. tls.Paths(1), .. tlcp.Paths(2)];
        foreach (var path in paths)
        {
            for (var i = 0; i < path.Certificates.Count && !(path.ReachesAnchor && i + 1 == path.Certificates.Count); i++)
            {
                await inquiry.AskAsync(path.Certificates[i], Issuer(path, i), cancellationToken);
            }
        }

        record = record with
        {
            Which = chains.Describe(chain),
            Leaf = State(chain, 0, tls, inquiry),
            Signing = State(chains.Tlcp, 0, tlcp, inquiry),
            Encryption = State(chains.Tlcp, 1, tlcp, inquiry),
            IssuerRevoked = IssuerRevoked(paths, inquiry),
            Checks = inquiry.Checks,
        };
        if (chain != chains.AllTls[0])
        {
            return Saw(target, context, record).Observations;
        }

        IReadOnlyList<HelloExchange> exchanges = [.. chains.Survey.Exchanges.Where(e => e.Reply is Selected), .. staple.Exchange is { } asked ? new[] { asked } : []];
        return Saw(target, context, record, FlightTranscript.Save(Manifest.Id, target, context, exchanges)).Observations;
    }

    private static CertificateStatuses Bare(PresentedChain chain, Followed tls)
    {
        var bare = new CertificateStatuses { Checks = [] };
        if (tls.Leaf(0) is not { } leaf)
        {
            return chain is { IsKnown: true, Certificates: null or { Count: 0 } }
                ? bare with { MustStaple = new Fact<bool?>(null), Stapled = new Fact<bool?>(null), Staple = new Fact<StatusAnswer?>(null), NamesSource = new Fact<bool?>(null) }
                : bare;
        }

        return bare with
        {
            MustStaple = leaf.Values.TlsFeatures?.Any(f => f is 5 or 17) == true,
            NamesSource = leaf.Values.OcspUris.Count > 0 || leaf.Values.CrlUris?.Count > 0,
        };
    }

    /// <summary>Without certificates in the handshake that asked there is nothing to staple to.</summary>
    private static CertificateStatuses WithStaple(CertificateStatuses record, StapleReply reply, Followed followed, StatusInquiry inquiry)
    {
        if (!reply.IsKnown || reply.Certificates.Count == 0)
        {
            return record;
        }

        if (reply.Response is not { } response)
        {
            return record with { Stapled = false, Staple = new Fact<StatusAnswer?>(null) };
        }

        var answer = followed.Leaf(0) is { } leaf ? inquiry.TakeStaple(response, leaf, followed.Paths(1).Select(p => Issuer(p, 0)).FirstOrDefault()) : null;
        return record with { Stapled = true, Staple = answer is null ? default : new Fact<StatusAnswer?>(answer) };
    }

    private static Fact<RevocationState?> State(PresentedChain chain, int position, Followed followed, StatusInquiry inquiry)
    {
        if (chain.IsKnown && (chain.Certificates?.Count ?? 0) <= position)
        {
            return new Fact<RevocationState?>(null);
        }

        return followed.Leaf(position) is { } certificate && inquiry.StateOf(certificate) is { } state ? new Fact<RevocationState?>(state) : default;
    }

    private static Fact<bool?> IssuerRevoked(List<CertificatePath> paths, StatusInquiry inquiry)
    {
        var issuers = paths.SelectMany(p => p.Certificates.Skip(1).Take(p.ReachesAnchor ? p.Certificates.Count - 2 : int.MaxValue))
            .DistinctBy(c => c.Sha256, StringComparer.Ordinal).ToList();
        var states = issuers.ConvertAll(inquiry.StateOf);
        return Decision.Of(
            proven: states.Contains(RevocationState.Revoked),
            disproven: paths.Count > 0 && paths.TrueForAll(p => p.ReachesAnchor) && states.TrueForAll(s => s == RevocationState.Good));
    }

    private static CertificateDetails? Issuer(CertificatePath path, int position) =>
        position + 1 < path.Certificates.Count ? path.Certificates[position + 1]
        : path.Certificates[position].IsSelfSigned() == true ? path.Certificates[position]
        : null;

    /// <summary>The certificates of one protocol with the paths of its leaves.</summary>
    private sealed class Followed
    {
        private readonly ChainReading _reading;
        private readonly TrustBasis _basis;
        private readonly DateTimeOffset _at;

        public Followed(PresentedChain chain, TrustBasis basis, DateTimeOffset at)
            : this(chain.Certificates ?? [], basis, at)
        {
        }

        public Followed(IReadOnlyList<ReadOnlyMemory<byte>> certificates, TrustBasis basis, DateTimeOffset at)
        {
            (_reading, _basis, _at) = (new ChainReading(certificates, basis.Ledger), basis, at);
        }

        public CertificateDetails? Leaf(int position) => _reading.At(position);

        public IEnumerable<CertificatePath> Paths(int leaves) =>
            Enumerable.Range(0, leaves).Select(Leaf).OfType<CertificateDetails>().Select(l => _basis.Follow(l, _reading.Readable, _at, purpose: null).Path);
    }
}
