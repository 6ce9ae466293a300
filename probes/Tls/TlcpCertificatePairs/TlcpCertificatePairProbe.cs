using System.Security.Cryptography;
using System.Text;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>Looks at signing and encryption certificate together. Both stand in the plaintext flight the version survey has already seen.</summary>
public sealed class TlcpCertificatePairProbe : Probe<Endpoint, TlcpCertificatePair>
{
    public override ProbeManifest Manifest { get; } = new()
    {
        Id = "tls.tlcp-certificate-pair",
        Pillar = Pillar.Tls,
        Title = "TLCP 双证书",
        Question = "TLCP 的签名证书与加密证书是否齐全、各有其用、相互一致，能否追溯到信任锚？",
        Needs = typeof(Endpoint),
        Observes = typeof(TlcpCertificatePair),
        Touches = Touches.Network,
        Intrusiveness = Intrusiveness.Safe,
        Timeout = TimeSpan.FromSeconds(45),
        Connections = PresentedChains.Connections,
        Version = "1",
    };

    protected override async Task<ProbeOutcome> ObserveAsync(Endpoint target, ProbeContext context, CancellationToken cancellationToken)
    {
        if (target.Protocol == EndpointProtocol.Http)
        {
            return new NotNeeded("明文 HTTP 端点，不出示证书");
        }

        var survey = await VersionSurvey.OfAsync(target, context, cancellationToken);
        if (!survey.ShowsTls)
        {
            throw survey.Explain(target);
        }

        var chain = PresentedChain.OfTlcp(survey);
        if (!chain.IsKnown)
        {
            throw new UnableException(FailureKind.BadInput, chain.Trouble ?? $"不能断定 {target.Authority} 是否提供 TLCP，没有看到双证书");
        }

        var basis = await TrustBasis.OfAsync(target, context, cancellationToken);
        var name = EndpointName.Reference(target);
        if (chain.Certificates is not { Count: > 0 } ders)
        {
            return Saw(target, context, Absent(name, basis), FlightTranscript.Save(Manifest.Id, target, context, survey.Exchanges));
        }

        var pem = string.Concat(ders.Select(d => PemEncoding.WriteString("CERTIFICATE", d.Span) + "\n"));
        var evidence = context.Evidence.Save(new EvidenceDraft(
            Manifest.Id, target.TargetId, "tlcp-pair.pem", "application/x-pem-file", Encoding.ASCII.GetBytes(pem), "TLCP 握手中出示的证书，按发送顺序"));
        return Saw(target, context, new PairReading(ders, basis, name, context.Clock.GetUtcNow()).Describe(), evidence);
    }

    private static TlcpCertificatePair Absent(string name, TrustBasis basis) => new()
    {
        CheckedName = name,
        Sent = new Fact<int?>(null),
        Signing = new Fact<FollowedCertificate?>(null),
        Encryption = new Fact<FollowedCertificate?>(null),
        SecondIsAuthority = new Fact<bool?>(null),
        InOrder = new Fact<bool?>(null),
        Swapped = new Fact<bool?>(null),
        DistinctCertificates = new Fact<bool?>(null),
        DistinctKeys = new Fact<bool?>(null),
        SameSubject = new Fact<bool?>(null),
        SameAlternativeNames = new Fact<bool?>(null),
        SameIssuer = new Fact<bool?>(null),
        AnchorSources = basis.Sources,
    };
}
