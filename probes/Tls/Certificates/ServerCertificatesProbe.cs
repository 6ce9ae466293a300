using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>
/// Reads the certificates out of the plaintext flights of the surveys; only a port that speaks TLS 1.3 alone costs handshakes more. One
/// observation for each certificate of the server, so that the better one does not hide the other.
/// </summary>
public sealed class ServerCertificatesProbe : Probe<Endpoint, ServerCertificates>
{
    public override ProbeManifest Manifest { get; } = new()
    {
        Id = "tls.server-certificates",
        Pillar = Pillar.Tls,
        Title = "服务器证书",
        Question = "端口在 TLS 与 TLCP 握手中出示哪些证书？",
        Needs = typeof(Endpoint),
        Observes = typeof(ServerCertificates),
        Touches = Touches.Network,
        Intrusiveness = Intrusiveness.Safe,
        Timeout = PresentedChains.Timeout,
        Connections = PresentedChains.Connections,
        Version = "3",
    };

    protected override async Task<ProbeOutcome> ObserveAsync(Endpoint target, ProbeContext context, CancellationToken cancellationToken)
    {
        if (target.Protocol == EndpointProtocol.Http)
        {
            return new NotNeeded("明文 HTTP 端点，不出示证书");
        }

        var chains = await PresentedChains.OfAsync(target, context, cancellationToken);
        List<Evidence> first =
        [
            FlightTranscript.Save(Manifest.Id, target, context, [.. chains.Survey.Exchanges.Where(e => e.Reply is Selected)]),
            .. Keep(target, context, "tlcp-certificates.pem", "TLCP 握手中出示的证书", chains.Tlcp),
        ];
        return new Observed(
        [
            .. chains.AllTls.SelectMany((chain, i) =>
            {
                var name = i == 0 ? "tls-certificates.pem" : string.Create(CultureInfo.InvariantCulture, $"tls-certificates-{i + 1}.pem");
                var kept = Keep(target, context, name, "TLS 握手中出示的证书", chain);
                return Saw(target, context, Describe(target, chain, chains.Tlcp) with { Which = chains.Describe(chain) }, i == 0 ? [.. first, .. kept] : kept).Observations;
            }),
        ]);
    }

    private List<Evidence> Keep(Endpoint target, ProbeContext context, string name, string description, PresentedChain chain)
    {
        if (chain.Certificates is not { Count: > 0 } certificates)
        {
            return [];
        }

        var pem = string.Concat(certificates.Select(c => PemEncoding.WriteString("CERTIFICATE", c.Span) + "\n"));
        return [context.Evidence.Save(new EvidenceDraft(Manifest.Id, target.TargetId, name, "application/x-pem-file", Encoding.ASCII.GetBytes(pem), description))];
    }

    private static ServerCertificates Describe(Endpoint target, PresentedChain tls, PresentedChain tlcp)
    {
        var name = EndpointName.Reference(target);
        var tlsList = tls.Read();
        var tlcpList = tlcp.Read();
        var leaf = PresentedChain.At(tlsList, 0);
        var signing = PresentedChain.At(tlcpList, 0);
        return new ServerCertificates
        {
            CheckedName = name,
            Certificates = tls.Known(tlsList),
            Leaf = tls.Known(leaf),
            NameMatches = Readable(tls, leaf, c => NameMatches(c, name)),
            ValidityDays = leaf is { ValidityDays.IsKnown: false } ? default : Readable(tls, leaf, c => (int?)c.ValidityDays.Value),
            ReadFrom = tls.ReadFrom,
            TlcpCertificates = tlcp.Known(tlcpList),
            Signing = tlcp.Known(signing),
            Encryption = tlcp.Known(tlcp.Certificates is { } sent && !TlcpKeyExchange.HasPair(sent) ? null : PresentedChain.At(tlcpList, 1)),
            TlcpNameMatches = Readable(tlcp, signing, c => NameMatches(c, name)),
        };
    }

    /// <summary>Names that cannot be read match nothing.</summary>
    private static bool? NameMatches(PresentedCertificate certificate, string name) =>
        certificate.SubjectAlternativeNames.IsKnown && CertificateName.Matches(certificate.SubjectAlternativeNames.Value, name);

    /// <summary>Missing where the chain is, or where the certificate could not be read.</summary>
    private static Fact<T?> Readable<T>(PresentedChain chain, PresentedCertificate? certificate, Func<PresentedCertificate, T?> read) =>
        certificate switch
        {
            null => chain.Known(default(T)),
            { Problem: null } => chain.Known(read(certificate)),
            _ => default,
        };
}
