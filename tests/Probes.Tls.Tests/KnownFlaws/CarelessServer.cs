using System.Collections.Concurrent;
using System.Security.Cryptography;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.Tls.Tests;

/// <summary>What a careless server answers to badly padded secrets.</summary>
internal enum Oracle
{
    None,

    /// <summary>Another alert where the block does not begin with 00 02.</summary>
    Start,

    /// <summary>Another alert for everything but a wholly right block.</summary>
    Whole,

    /// <summary>Hangs up at once on a bad start, where a sound server waits for more.</summary>
    ShortFlow,

    /// <summary>Now this, now that.</summary>
    Moody,
}

/// <summary>A server of TLS 1.1 and 1.2 with TLS_RSA_WITH_AES_128_CBC_SHA alone, and with the flaws it is told to have.</summary>
internal sealed class CarelessServer : IAsyncDisposable
{
    public const ushort Suite = 0x002F;

    private readonly ScriptedServer _server;

    public CarelessServer()
    {
        var certificate = TestCertificates.Rsa();
        Key = RSA.Create();
        Key.ImportFromPem(certificate.KeyPem);
        Certificate = certificate.Der();
        _server = new ScriptedServer(async connection =>
        {
            try
            {
                using var served = new CarelessConnection(this, connection);
                await served.ServeAsync();
            }
            catch (Exception ended) when (ended is HandshakeStoppedException or MalformedFlightException or CryptographicException)
            {
                // The client said what it came for.
            }
        });
    }

    public RSA Key { get; }

    public byte[] Certificate { get; }

    public ConcurrentDictionary<string, byte[]> Sessions { get; } = new(StringComparer.Ordinal);

    public Oracle Oracle { get; init; }

    /// <summary>Takes up the heartbeat extension.</summary>
    public bool Beats { get; init; }

    /// <summary>Answers as long as was claimed.</summary>
    public bool Bleeds { get; init; }

    /// <summary>Takes up heartbeats and answers none.</summary>
    public bool BeatsInSilence { get; init; }

    public bool TakesEarlyChange { get; init; }

    /// <summary>Neither refuses nor takes it.</summary>
    public bool IgnoresEarlyChange { get; init; }

    public bool GivesTickets { get; init; }

    /// <summary>Gives tickets and never takes one.</summary>
    public bool ForgetsTickets { get; init; }

    public bool PadsShortNames { get; init; }

    public bool IgnoresPadding { get; init; }

    public bool Compresses { get; init; }

    public bool KnowsRenegotiationInfo { get; init; } = true;

    public bool RenegotiatesSecurely { get; init; }

    public bool RenegotiatesInsecurely { get; init; }

    public bool InsistsOnRenegotiationInfo { get; init; }

    public bool HonoursFallback { get; init; }

    /// <summary>Closes where others send an alert, once the handshake has begun.</summary>
    public bool LeavesWithoutAlert { get; init; }

    /// <summary>Drops hellos with extensions it does not know.</summary>
    public bool DropsUnknownExtensions { get; init; }

    public Endpoint Endpoint => ProbeContexts.Local(_server.Port);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Key.Dispose();
    }
}
