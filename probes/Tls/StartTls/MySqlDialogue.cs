using System.Buffers.Binary;
using System.Text;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>MySQL and MariaDB: the server greets (HandshakeV10), the client sends SSLRequest and goes on in TLS unanswered.</summary>
internal sealed class MySqlDialogue : IStartTlsDialogue
{
    private const int MaxPacket = 8192;
    private const byte ErrorPacket = 0xFF;
    private const int HostIsBlocked = 1129;
    private const uint ClientSsl = 0x0800;

    /// <summary>PROTOCOL_41, SSL, SECURE_CONNECTION, PLUGIN_AUTH.</summary>
    private const uint Capabilities = 0x0200 | ClientSsl | 0x8000 | 0x0008_0000;

    public async Task<StartTlsTalk> HoldAsync(StartTlsWire wire, string serverName, bool isCurious, CancellationToken cancellationToken)
    {
        var header = await wire.ExactlyAsync(4, cancellationToken);
        var length = header[0] | (header[1] << 8) | (header[2] << 16);
        if (length is 0 or > MaxPacket)
        {
            throw StartTlsWire.Unreadable($"不是 MySQL 的问候（首包自称 {length} 字节）");
        }

        var greeting = await wire.ExactlyAsync(length, cancellationToken);
        var (version, capabilities, plugin) = Parse(greeting);
        var offers = (capabilities & ClientSsl) != 0;
        if (offers)
        {
            await wire.SendAsync(SslRequest((byte)(header[3] + 1)), cancellationToken);
        }

        return new StartTlsTalk
        {
            Agreed = offers,
            Answer = offers ? "问候里带有 CLIENT_SSL" : "问候里没有 CLIENT_SSL，未发出请求",
            Greeting = version,
            Announced = offers,
            Mechanisms = plugin is null ? null : [plugin],
        };
    }

    private static byte[] SslRequest(byte sequence)
    {
        const int bodyLength = 32;
        const byte utf8 = 33;
        var packet = new byte[4 + bodyLength];
        packet[0] = bodyLength;
        packet[3] = sequence;
        BinaryPrimitives.WriteUInt32LittleEndian(packet.AsSpan(4), Capabilities);
        BinaryPrimitives.WriteUInt32LittleEndian(packet.AsSpan(8), 1 << 24);
        packet[12] = utf8;
        return packet;
    }

    private static (string Version, uint Capabilities, string? Plugin) Parse(ReadOnlySpan<byte> body)
    {
        if (body[0] == ErrorPacket)
        {
            throw StartTlsWire.Unreadable(ErrorOf(body));
        }

        var end = body.IndexOf((byte)0);

        // Behind the version: thread id 4, salt 8, filler 1, capabilities 2, charset 1, status 2, capabilities 2, salt length 1, filler 10.
        var at = end + 1 + 4 + 8 + 1;
        if (body[0] != 10 || end < 0 || body.Length < at + 2)
        {
            throw StartTlsWire.Unreadable($"不是 MySQL 第 10 版协议的问候（首字节 {body[0]}）");
        }

        uint capabilities = BinaryPrimitives.ReadUInt16LittleEndian(body[at..]);
        if (body.Length < at + 18)
        {
            return (Shown(body[1..end]), capabilities, null);
        }

        capabilities |= (uint)BinaryPrimitives.ReadUInt16LittleEndian(body[(at + 5)..]) << 16;
        var saltLength = Math.Max(13, body[at + 7] - 8);
        var rest = at + 18 + saltLength <= body.Length ? body[(at + 18 + saltLength)..] : [];
        var plugin = rest.IndexOf((byte)0) is var stop && stop >= 0 ? rest[..stop] : rest;
        return (Shown(body[1..end]), capabilities, plugin.IsEmpty ? null : Shown(plugin));
    }

    private static string ErrorOf(ReadOnlySpan<byte> body)
    {
        var code = body.Length >= 3 ? BinaryPrimitives.ReadUInt16LittleEndian(body[1..]) : 0;
        return code == HostIsBlocked
            ? "MySQL 服务器因连接错误过多而屏蔽了本机地址（1129），请管理员执行 FLUSH HOSTS 后重试"
            : $"MySQL 服务器不接待：错误 {code} {Shown(body[Math.Min(3, body.Length)..])}";
    }

    private static string Shown(ReadOnlySpan<byte> text) => PrintableText.Of(Encoding.Latin1.GetString(text), 120);
}
