using System.Net.Security;
using System.Text;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Exposure;

/// <summary>One short conversation with a port: every answer is bounded in bytes and time, and ours are a handful of fixed requests.</summary>
internal sealed class ServiceTalk : IAsyncDisposable
{
    public const int AnswerCap = 64 * 1024;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(6);

    private readonly Connection _connection;
    private readonly CancellationTokenSource _clock;
    private readonly CancellationTokenSource _bounded;
    private Stream _stream;

    private ServiceTalk(Connection connection, CancellationTokenSource clock, CancellationTokenSource bounded)
    {
        _connection = connection;
        _stream = connection.Stream;
        (_clock, _bounded) = (clock, bounded);
    }

    /// <exception cref="UnableException">Not reached.</exception>
    public static async Task<ServiceTalk> OpenAsync(ExposedHost target, int port, ProbeContext context, CancellationToken stop)
    {
        var clock = new CancellationTokenSource(Limit, context.Clock);
        var bounded = CancellationTokenSource.CreateLinkedTokenSource(stop, clock.Token);
        try
        {
            return new ServiceTalk(await context.Dialer.DialAsync(new Endpoint { Id = target.Id, Host = target.Address, Port = port, Protocol = EndpointProtocol.Tls }, bounded.Token), clock, bounded);
        }
        catch
        {
            bounded.Dispose();
            clock.Dispose();
            throw;
        }
    }

    /// <summary>Whose certificate it is does not matter to a question that holds no secret.</summary>
    public async Task EncryptAsync(string host)
    {
        var secure = new SslStream(_stream, leaveInnerStreamOpen: true);
        _stream = secure;
        await secure.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = host,
#pragma warning disable CA5359, S4830 // nothing but public requests and published accounts goes through
                RemoteCertificateValidationCallback = (_, _, _, _) => true,
#pragma warning restore CA5359, S4830
            },
            _bounded.Token);
    }

    public async Task SayAsync(ReadOnlyMemory<byte> bytes) => await _stream.WriteAsync(bytes, _bounded.Token);

    public Task SayAsync(string ascii) => SayAsync(Encoding.Latin1.GetBytes(ascii));

    /// <exception cref="EndOfStreamException">It closed before.</exception>
    public async Task<byte[]> ExactlyAsync(int count)
    {
        var bytes = new byte[count];
        await _stream.ReadExactlyAsync(bytes, _bounded.Token);
        return bytes;
    }

    /// <summary>What came until <paramref name="isEnough"/> says so, the other side closed, the cap or the clock was reached.</summary>
    public async Task<string> UntilAsync(Func<string, bool> isEnough)
    {
        var bytes = new byte[AnswerCap];
        var filled = 0;
        while (filled < bytes.Length && await _stream.ReadAsync(bytes.AsMemory(filled), _bounded.Token) is var read and > 0)
        {
            filled += read;
            if (isEnough(Encoding.Latin1.GetString(bytes, 0, filled)))
            {
                break;
            }
        }

        return Encoding.Latin1.GetString(bytes, 0, filled);
    }

    public Task<string> LineAsync() => UntilAsync(t => t.Contains('\n', StringComparison.Ordinal));

    public async ValueTask DisposeAsync()
    {
        if (_stream is SslStream secure)
        {
            await secure.DisposeAsync();
        }

        await _connection.DisposeAsync();
        _bounded.Dispose();
        _clock.Dispose();
    }
}
