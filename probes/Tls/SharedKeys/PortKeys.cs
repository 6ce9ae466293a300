using System.Security.Cryptography;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>What the run has learned of one port's RSA keys. Opens no connection.</summary>
/// <param name="Endpoint">The port.</param>
/// <param name="OffersSsl2">Null where that is not known.</param>
/// <param name="Ssl2Key">Digest of the key that its answer to SSL 2.0 shows; null where there is none to read.</param>
/// <param name="RsaKeys">Digests of the RSA keys of the certificates it showed for its name.</param>
/// <param name="IsWhole">Of the certificates it shows for this name none is missing: the walk over its suites came to its end, and nothing met on the way was left out. What it shows for other names nobody asked.</param>
internal sealed record PortKeys(Endpoint Endpoint, bool? OffersSsl2, string? Ssl2Key, IReadOnlySet<string> RsaKeys, bool IsWhole)
{
    /// <summary>For people.</summary>
    public string Name => Endpoint.DisplayName.Contains(Endpoint.Authority, StringComparison.Ordinal) ? Endpoint.DisplayName : $"{Endpoint.DisplayName}（{Endpoint.Authority}）";

    /// <summary>Of every port of the candidate that may speak TLS, learned once a run.</summary>
    public static async Task<IReadOnlyList<PortKeys>> OfAllAsync(ProbeContext context, CancellationToken cancellationToken) =>
        await context.Shared.GetAsync("tls.port-keys", _ => Task.FromResult<IReadOnlyList<PortKeys>>([.. context.Scope.Endpoints.Where(e => e.Protocol != EndpointProtocol.Http).Select(e => Of(e, context))]), cancellationToken);

    /// <summary>True: SSL 2.0 with a key of the other port. False: certainly not. Null: not known.</summary>
    public bool? Opens(PortKeys other)
    {
        if (OffersSsl2 != true)
        {
            return OffersSsl2;
        }

        return Ssl2Key is not null && other.RsaKeys.Contains(Ssl2Key) ? true : Ssl2Key is not null && other.IsWhole ? false : null;
    }

    private static PortKeys Of(Endpoint endpoint, ProbeContext context)
    {
        var versions = VersionSurvey.Done(endpoint, context);
        var offersSsl2 = versions?.OffersSsl2 is false && !VersionSurvey.RefusalsStand(endpoint, context) ? null : versions?.OffersSsl2;
        var chains = PresentedChains.Done(endpoint, context);
        var suites = SuiteSurvey.Done(endpoint, context);
        var (ofTlcp, isTlcpCut) = FurtherChains.OfFlights(suites?.Walked ?? [], endpoint, v => v == ProtocolVersion.Tlcp11.Wire);
        List<ReadOnlyMemory<byte>> leaves =
        [
            .. (chains?.AllTls ?? []).Select(c => c.Certificates is { Count: > 0 } sent ? sent[0] : default),
            .. ofTlcp.Select(c => c.Certificates).Prepend(chains?.Tlcp.Certificates).OfType<IReadOnlyList<ReadOnlyMemory<byte>>>().SelectMany(sent => sent.Take(TlcpKeyExchange.HasPair(sent) ? 2 : 1)),
        ];
        var keys = leaves.Where(l => !l.IsEmpty).Select(l => (Spki: CertificateKey.Spki(l), Algorithm: CertificateReader.Read(l, 0).KeyAlgorithm)).ToList();
        return new PortKeys(
            endpoint,
            offersSsl2,
            versions?.Ssl2.Hello is { Certificate: { IsEmpty: false } old } && CertificateKey.Spki(old) is { } spki ? Digest(spki) : null,
            keys.Where(k => k.Spki is not null && !(k.Algorithm.IsKnown && !IsRsa(k.Algorithm.Value))).Select(k => Digest(k.Spki!.Value)).ToHashSet(StringComparer.Ordinal),
            chains is { Tls.IsKnown: true, Tlcp.IsKnown: true, IsTls13Unseen: false, IsCut: false } && !isTlcpCut
                && suites is { IsWhole: true, Dialogue.Contradicts: false } && keys.TrueForAll(k => k.Spki is not null));
    }

    private static bool IsRsa(string algorithm) => algorithm.StartsWith("RSA", StringComparison.Ordinal);

    private static string Digest(ReadOnlyMemory<byte> spki) => Convert.ToHexStringLower(SHA256.HashData(spki.Span));
}
