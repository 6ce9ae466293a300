using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>Who is at the other end of a TLCP connection, as far as it was proved.</summary>
public sealed record TlcpPeer
{
    public required string SuiteName { get; init; }

    /// <summary>Subject of the signing certificate; null where it is not readable.</summary>
    public required string? Subject { get; init; }

    /// <summary>SM3 of the signing certificate, lower-case hexadecimal digits.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The server proved that the certificates it sent are its own.</summary>
    public required bool KeysProved { get; init; }

    /// <summary>Both certificates lead to a supplied anchor; null where none was supplied or nothing could be decided.</summary>
    public required bool? Trusted { get; init; }

    /// <summary>The signing certificate is for the name asked for.</summary>
    public required bool NameMatches { get; init; }

    /// <summary>What stands in the way of <see cref="IsVerified"/>, for people; empty where nothing does.</summary>
    public required IReadOnlyList<string> Doubts { get; init; }

    /// <summary>The server is who it was asked to be, according to the supplied anchors.</summary>
    public bool IsVerified => KeysProved && Trusted == true && NameMatches;
}

/// <summary>A completed TLCP connection for others to speak through. It is opened to anybody; <see cref="Peer"/> says to whom.</summary>
public sealed class TlcpTunnel : IAsyncDisposable
{
    private readonly TlcpHandshake _handshake;

    private TlcpTunnel(TlcpHandshake handshake, TlcpPeer peer)
    {
        _handshake = handshake;
        Peer = peer;
    }

    /// <summary>Application data; asynchronous reading and writing only.</summary>
    public Stream Stream => _handshake.Stream!;

    public TlcpPeer Peer { get; }

    /// <param name="endpoint">Its trust material decides what <see cref="TlcpPeer.Trusted"/> can say.</param>
    /// <param name="context">Dials.</param>
    /// <param name="identity">For servers that ask for a certificate; null for none.</param>
    /// <param name="cancellationToken">The caller's own.</param>
    /// <exception cref="UnableException">No connection, or no completed handshake.</exception>
    public static async Task<TlcpTunnel> OpenAsync(Endpoint endpoint, ProbeContext context, TlcpIdentity? identity, CancellationToken cancellationToken)
    {
        var client = new TlcpClient(context, endpoint) { Identity = identity };
        var handshake = await client.ConnectAsync(withName: false, cancellationToken);
        if (handshake.Reach == HandshakeReach.Nothing && handshake.Stopped is Alerted && EndpointName.Sni(endpoint) is not null)
        {
            await handshake.DisposeAsync();
            handshake = await client.ConnectAsync(withName: true, cancellationToken);
        }

        if (handshake.Stream is null)
        {
            await handshake.DisposeAsync();
            throw handshake.Stopped is Unreached unreached
                ? new UnableException(unreached.Kind, unreached.Message)
                : new UnableException(FailureKind.BadInput, $"与 {endpoint.Authority} 的 TLCP 握手没有完成：{Explain(handshake, identity)}");
        }

        return new TlcpTunnel(handshake, await DescribeAsync(handshake, endpoint, context, cancellationToken));
    }

    public ValueTask DisposeAsync() => _handshake.DisposeAsync();

    private static string Explain(TlcpHandshake handshake, TlcpIdentity? identity) => (handshake.KeyExchange?.ClientCertificateRequested, identity) switch
    {
        (true, null) => $"{TlcpReading.Note(handshake)}。转发这样的站点须给出客户端证书",
        (true, _) => $"服务器没有接受给出的客户端证书（{TlcpReading.Why(handshake)}）：须是站点认可的机构签发、没有过期、可用于签名的 SM2 证书，站点只提供 ECDHE 套件时还须有加密证书",
        _ when handshake is { Reach: HandshakeReach.Nothing, Stopped: Alerted } && identity?.EncryptionKey is null => $"{TlcpReading.Note(handshake)}。站点若只提供 ECDHE 套件，须给出客户端的签名与加密双证书",
        _ => TlcpReading.Note(handshake),
    };

    private static async Task<TlcpPeer> DescribeAsync(TlcpHandshake handshake, Endpoint endpoint, ProbeContext context, CancellationToken cancellationToken)
    {
        var exchange = handshake.KeyExchange!;
        var sent = exchange.Certificates;
        var read = CertificateReader.Read(sent[exchange.SignerPosition ?? 0], exchange.SignerPosition ?? 0);
        var names = read.SubjectAlternativeNames is { IsKnown: true } known ? known.Value : null;
        var basis = await TrustBasis.OfAsync(endpoint, context, cancellationToken);
        var leaves = new[] { exchange.SignerPosition ?? 0, exchange.EncryptionPosition ?? 0 }.Distinct().ToList();
        var findings = leaves.ConvertAll(p => Follow(basis, sent, p, context.Clock.GetUtcNow()));
        var peer = new TlcpPeer
        {
            SuiteName = CipherSuites.NameOf(handshake.Suite!.Id),
            Subject = read.Subject.IsKnown ? read.Subject.Value : null,
            Fingerprint = read.Sm3,
            KeysProved = exchange.Signature is { IsValid: true, Identification: Sm2Identification.Default },
            Trusted = basis.Own.Count == 0 ? null : findings.TrueForAll(f => f == true) ? true : findings.Contains(false) ? false : null,
            NameMatches = CertificateName.Matches(names, EndpointName.Reference(endpoint)),
            Doubts = [],
        };
        return peer with { Doubts = [.. DoubtsOn(peer, EndpointName.Reference(endpoint))] };
    }

    private static bool? Follow(TrustBasis basis, IReadOnlyList<ReadOnlyMemory<byte>> sent, int position, DateTimeOffset at)
    {
        List<CertificateDetails> readable = [.. sent.Select(c => CertificateDetails.TryRead(c, out _)).OfType<CertificateDetails>()];
        return CertificateDetails.TryRead(sent[position], out _) is { } leaf
            && basis.Follow(leaf, readable, at, purpose: null).Trusted is { IsKnown: true, Value: { } trusted }
            ? trusted
            : null;
    }

    private static IEnumerable<string> DoubtsOn(TlcpPeer peer, string name)
    {
        if (!peer.KeysProved)
        {
            yield return "密钥交换签名无效，不能证明对方持有所出示的证书";
        }

        if (peer.Trusted != true)
        {
            yield return peer.Trusted is null ? "没有给出可用的信任锚，证书链没有核验" : "证书链通不到给出的信任锚，或链上有缺陷";
        }

        if (!peer.NameMatches)
        {
            yield return $"证书里没有名称 {name}";
        }
    }
}
