namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>PostgreSQL: SSLRequest (protocol 3, "SSL Session Encryption"), answered with one byte.</summary>
internal sealed class PostgresDialogue : IStartTlsDialogue
{
    /// <summary>Length 8, code 80877103.</summary>
    private static readonly byte[] SslRequest = [0, 0, 0, 8, 0x04, 0xD2, 0x16, 0x2F];

    public async Task<StartTlsTalk> HoldAsync(StartTlsWire wire, string serverName, bool isCurious, CancellationToken cancellationToken)
    {
        await wire.SendAsync(SslRequest, cancellationToken);
        var answer = (await wire.ExactlyAsync(1, cancellationToken))[0];
        return answer is (byte)'S' or (byte)'N' or (byte)'E'
            ? new StartTlsTalk { Agreed = answer == (byte)'S', Answer = $"{(char)answer}" }
            : throw StartTlsWire.Unreadable($"对 SSLRequest 的应答不是 S、N 或 E（0x{answer:X2}）");
    }
}
