using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>Follows the TLS certificates of a port to an anchor. Issuers that were not sent are taken from candidate.yaml and never fetched.</summary>
public sealed class CertificateChainProbe : Probe<Endpoint, CertificateChain>
{
    public override ProbeManifest Manifest { get; } = new()
    {
        Id = "tls.certificate-chain",
        Pillar = Pillar.Tls,
        Title = "证书链",
        Question = "TLS 证书链是否完整、有序，能否追溯到信任锚？",
        Needs = typeof(Endpoint),
        Observes = typeof(CertificateChain),
        Touches = Touches.Network,
        Intrusiveness = Intrusiveness.Safe,
        Timeout = PresentedChains.Timeout,
        Connections = PresentedChains.Connections + 2,
        Version = "1",
    };

    protected override async Task<ProbeOutcome> ObserveAsync(Endpoint target, ProbeContext context, CancellationToken cancellationToken)
    {
        if (target.Protocol == EndpointProtocol.Http)
        {
            return new NotNeeded("明文 HTTP 端点，不出示证书");
        }

        var chains = await PresentedChains.OfAsync(target, context, cancellationToken);
        if (!chains.Tls.IsKnown)
        {
            throw new UnableException(FailureKind.BadInput, chains.Tls.Trouble ?? $"{target.Authority} 的 TLS 握手里没有看到证书");
        }

        var basis = await TrustBasis.OfAsync(target, context, cancellationToken);
        var at = context.Clock.GetUtcNow();
        var sm = await SmLeafAsync(chains.Survey, basis, target, context, at, cancellationToken);
        if (chains.Tls.Certificates is not { Count: > 0 } ders)
        {
            return Saw(target, context, Absent(basis) with { SmLeaf = sm }, FlightTranscript.Save(Manifest.Id, target, context, [.. chains.Survey.Exchanges.Where(e => e.Reply is Selected)]));
        }

        return new Observed(
        [
            .. chains.AllTls.SelectMany((chain, i) =>
            {
                var sent = chain.Certificates ?? ders;
                var record = Describe(sent, basis, at, out var path) with { SmLeaf = sm, Which = chains.Describe(chain) };
                return Saw(target, context, record, Keep(target, context, i, path ?? [], sent)).Observations;
            }),
        ]);
    }

    /// <summary>Read from the handshake that other probes of the run need as well; a refusal that names no other reason means there is none.</summary>
    private static async Task<Fact<FollowedCertificate?>> SmLeafAsync(
        VersionSurvey survey, TrustBasis basis, Endpoint target, ProbeContext context, DateTimeOffset at, CancellationToken cancellationToken)
    {
        switch (survey.Inquiries.Single(i => i.Version == ProtocolVersion.Tls13).Decide(survey.Selected))
        {
            case null:
                return default;
            case false:
                return new Fact<FollowedCertificate?>(null);
        }

        var (takesSm, _) = await SmTls13Question.AskAsync(target, context, true, cancellationToken);
        if (takesSm is { IsKnown: true, Value: false })
        {
            return new Fact<FollowedCertificate?>(null);
        }

        var seen = await Tls13Sighting.OfSmAsync(target, context, cancellationToken);
        if (seen.Certificates is { Count: > 0 } ders)
        {
            return new FollowedReading(new ChainReading(ders, basis.Ledger), basis, EndpointName.Reference(target), at).Read(ders[0], PathQuestion.ServerAuth);
        }

        return seen.Handshake.Stopped is Alerted { Alert.Description: var alert } && SmTls13Question.IsRefusal(alert) ? new Fact<FollowedCertificate?>(null) : default;
    }

    /// <summary>The path as it was followed, so that others can follow it again; the certificates sent where there is none.</summary>
    private Evidence Keep(Endpoint target, ProbeContext context, int place, IReadOnlyList<CertificateDetails> path, IReadOnlyList<ReadOnlyMemory<byte>> sent)
    {
        var ders = path.Count > 0 ? path.Select(c => c.Der) : sent;
        var pem = string.Concat(ders.Select(d => PemEncoding.WriteString("CERTIFICATE", d.Span) + "\n"));
        return context.Evidence.Save(new EvidenceDraft(
            Manifest.Id, target.TargetId, place == 0 ? "certificate-path.pem" : string.Create(CultureInfo.InvariantCulture, $"certificate-path-{place + 1}.pem"), "application/x-pem-file", Encoding.ASCII.GetBytes(pem), "核验所走的证书路径，服务器证书在前"));
    }

    private static CertificateChain Absent(TrustBasis basis) => new()
    {
        Sent = new Fact<int?>(null),
        InOrder = new Fact<bool?>(null),
        RootSent = new Fact<bool?>(null),
        LeafSelfSigned = new Fact<bool?>(null),
        Repeated = new Fact<bool?>(null),
        Unrelated = new Fact<IReadOnlyList<int>?>(null),
        IntermediateMissing = new Fact<bool?>(null),
        OpenIssuer = new Fact<string?>(null),
        Anchored = new Fact<bool?>(null),
        Trusted = new Fact<bool?>(null),
        Faults = new Fact<IReadOnlyList<TrustFault>?>(null),
        Path = new Fact<IReadOnlyList<TrustStep>?>(null),
        Issuers = new Fact<IReadOnlyList<ChainIssuer>?>(null),
        Members = new Fact<IReadOnlyList<ChainMember>?>(null),
        AnchorSources = basis.Sources,
    };

    private static CertificateChain Describe(
        IReadOnlyList<ReadOnlyMemory<byte>> ders, TrustBasis basis, DateTimeOffset at, out IReadOnlyList<CertificateDetails>? path)
    {
        var reading = new ChainReading(ders, basis.Ledger);
        var structure = new CertificateChain
        {
            Sent = ders.Count,
            InOrder = reading.InOrder(),
            RootSent = reading.RootSent(),
            LeafSelfSigned = reading.LeafSelfSigned(),
            Repeated = reading.Repeated(),
            Unrelated = reading.Unrelated(),
            Members = new Fact<IReadOnlyList<ChainMember>?>(reading.Members(at)),
            AnchorSources = basis.Sources,
        };
        path = null;
        if (reading.At(0) is not { } leaf)
        {
            return structure;
        }

        var finding = basis.Follow(leaf, reading.Readable, at, PathQuestion.ServerAuth);
        path = finding.Path.Certificates;
        var steps = finding.Steps(reading.Readable);
        return structure with
        {
            IntermediateMissing = IntermediateMissing(finding, steps),
            OpenIssuer = finding.OpenIssuer,
            Anchored = finding.Anchored,
            Trusted = finding.Trusted,
            Faults = new Fact<IReadOnlyList<TrustFault>?>(finding.Faults),
            Path = new Fact<IReadOnlyList<TrustStep>?>(steps),
            Issuers = ChainReading.IssuersOf(finding.Path),
        };
    }

    /// <summary>Proven by an issuer taken from elsewhere; disproven where the path ends and needed none; else nobody knows how long it is.</summary>
    private static Fact<bool?> IntermediateMissing(TrustFinding finding, IReadOnlyList<TrustStep> steps) =>
        Decision.Of(proven: steps.Any(s => s.Source == StepSource.Supplied), disproven: finding.OpenIssuer is null);
}
