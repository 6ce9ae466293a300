using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>
/// A full handshake by the platform's client (TLS 1.2 and 1.3 in practice), for what lies behind the encryption. Every certificate is
/// accepted, because it is recorded here and judged elsewhere; nothing else is contacted to check it.
/// </summary>
internal sealed class PlatformHandshake : IAsyncDisposable
{
    private readonly Connection _connection;

    private PlatformHandshake(Connection connection, SslStream stream)
    {
        _connection = connection;
        Stream = stream;
    }

    public SslStream Stream { get; }

    /// <summary>Certificates in the order sent, DER.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Certificates { get; private set; } = [];

    /// <param name="endpoint">Of the candidate.</param>
    /// <param name="context">Dials.</param>
    /// <param name="cancellationToken">Bounds the handshake.</param>
    /// <exception cref="UnableException">No connection, or no version, suite or group in common with the platform.</exception>
    public static async Task<PlatformHandshake> ConnectAsync(Endpoint endpoint, ProbeContext context, CancellationToken cancellationToken)
    {
        var connection = await Doorway.OpenAsync(context, endpoint, cancellationToken);
        var handshake = new PlatformHandshake(connection, new SslStream(connection.Stream, leaveInnerStreamOpen: false));
        try
        {
            await handshake.Stream.AuthenticateAsClientAsync(handshake.Options(endpoint), cancellationToken);
            return handshake;
        }
        catch (IOException broken)
        {
            await handshake.DisposeAsync();
            throw new UnableException(FailureKind.Unreachable, $"{endpoint.Authority} 在 TLS 握手途中断开连接", broken);
        }
        catch (Exception refused) when (refused is AuthenticationException or InvalidOperationException)
        {
            await handshake.DisposeAsync();
            throw new UnableException(
                FailureKind.BadInput,
                $"与 {endpoint.Authority} 的 TLS 握手没有完成（本机平台的客户端）",
                refused);
        }
        catch
        {
            await handshake.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await Stream.DisposeAsync();
        }
        catch (IOException)
        {
            // The close_notify had nobody left to read it.
        }

        await _connection.DisposeAsync();
    }

    private SslClientAuthenticationOptions Options(Endpoint endpoint) => new()
    {
        TargetHost = EndpointName.Reference(endpoint),
        CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        CertificateChainPolicy = new X509ChainPolicy
        {
            DisableCertificateDownloads = true,
            RevocationMode = X509RevocationMode.NoCheck,
            TrustMode = X509ChainTrustMode.CustomRootTrust,
        },
        RemoteCertificateValidationCallback = Accept,
    };

    private bool Accept(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        var leaf = certificate?.GetRawCertData();
        var sent = chain?.ChainPolicy.ExtraStore.Select(c => c.RawData).ToList() ?? [];
        if (leaf is not null)
        {
            var others = sent.Where(c => !c.AsSpan().SequenceEqual(leaf));
            Certificates = [.. others.Prepend(leaf).Take(FlightLimits.MaxCertificates).Select(c => (ReadOnlyMemory<byte>)c)];
        }

        return true;
    }
}
