using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>
/// What the other side of a protected connection showed of itself. A secret is sent to it only where this proves that it is who it was
/// asked to be: keys owned, certificates that lead to an anchor, and the right name. Revocation is another probe's question.
/// </summary>
/// <param name="Certificates">DER, in the order sent.</param>
/// <param name="Leaves">Positions of the certificates that are the server's own: one, or the two of a TLCP pair.</param>
/// <param name="KeysProved">The handshake proved that they are its own.</param>
internal sealed record PeerProof(IReadOnlyList<ReadOnlyMemory<byte>> Certificates, IReadOnlyList<int> Leaves, bool KeysProved)
{
    public static PeerProof OfTls13(Tls13Handshake handshake) =>
        new([.. (handshake.Certificates ?? []).Select(c => c.Der)], [0], handshake.Signature is { Proof.IsValid: true });

    public static PeerProof OfTlcp(TlcpHandshake handshake) => handshake.KeyExchange is { } exchange
        ? new(exchange.Certificates, [.. new[] { exchange.SignerPosition ?? 0, exchange.EncryptionPosition ?? 0 }.Distinct()], exchange.Signature is { IsValid: true })
        : new([], [], KeysProved: false);

    /// <summary>Why it is not proved, for people; null where it is.</summary>
    public async Task<string?> DoubtAsync(Endpoint endpoint, ProbeContext context, CancellationToken cancellationToken)
    {
        if (!KeysProved)
        {
            return "对方没有证明持有所出示证书的私钥";
        }

        var basis = await TrustBasis.OfAsync(endpoint, context, cancellationToken);
        List<CertificateDetails> readable = [.. Certificates.Select(c => CertificateDetails.TryRead(c, out _)).OfType<CertificateDetails>()];
        foreach (var position in Leaves.DefaultIfEmpty(0))
        {
            if (position >= Certificates.Count || CertificateDetails.TryRead(Certificates[position], out _) is not { } leaf)
            {
                return "对方的证书读不了";
            }

            var finding = basis.Follow(leaf, readable, context.Clock.GetUtcNow(), PathQuestion.ServerAuth);
            if (finding.Trusted is not { IsKnown: true, Value: true })
            {
                return $"对方的证书链没有通过核验（{finding.Faults.Select(f => f.Note).FirstOrDefault("没有给出可用的信任锚")}）";
            }
        }

        var name = EndpointName.Reference(endpoint);
        var read = CertificateReader.Read(Certificates[Leaves[0]], Leaves[0]);
        return CertificateName.Matches(read.SubjectAlternativeNames is { IsKnown: true, Value: var names } ? names : null, name) ? null : $"对方的证书里没有名称 {name}";
    }
}
