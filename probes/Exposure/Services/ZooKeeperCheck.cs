using System.Buffers.Binary;

namespace SmartCity.SecurityCheck.Probes.Exposure;

/// <summary>
/// Whether anybody may list the top of the tree: a session of two seconds that asks for the children of / and is closed. The four-letter
/// words <c>ruok</c> and <c>stat</c> are often switched off and say nothing of the tree.
/// </summary>
internal sealed class ZooKeeperCheck : IServiceCheck
{
    private const int GetChildren = 8;
    private const int NoAuth = -102;
    private const int CloseSession = -11;
    private const int PacketCap = 1024 * 1024;

    public IReadOnlyList<string> Services => ["zookeeper"];

    public async Task<Finding> AskAsync(Door door)
    {
        var version = await StatAsync(door);
        await using var talk = await door.OpenAsync();
        await talk.SayAsync(Packet(Greeting()));
        if (await PacketAsync(talk) is not { Length: >= 16 })
        {
            return Finding.Undecided("没有建立会话");
        }

        await talk.SayAsync(Packet([.. Number(1), .. Number(GetChildren), .. Number(1), (byte)'/', 0]));
        var answer = await PacketAsync(talk);
        await talk.SayAsync(Packet([.. Number(2), .. Number(CloseSession)]));
        var error = answer is { Length: >= 16 } ? BinaryPrimitives.ReadInt32BigEndian(answer.AsSpan(12)) : (int?)null;
        return error switch
        {
            0 => new Finding(ServiceAccess.Open, "不登录即可列出根节点的子节点") { Version = version },
            NoAuth => Finding.Guarded("根节点有访问控制"),
            _ => Finding.Undecided("会话没有给出根节点的子节点"),
        };
    }

    private static async Task<string?> StatAsync(Door door)
    {
        await using var talk = await door.OpenAsync();
        await talk.SayAsync("stat");
        var said = await talk.UntilAsync(t => t.Contains('\n', StringComparison.Ordinal));
        const string Head = "Zookeeper version: ";
        return said.StartsWith(Head, StringComparison.Ordinal) ? Plain.Text(said[Head.Length..].Split('-', ',', '\n')[0], 40) : null;
    }

    /// <summary>Protocol version, last transaction seen, timeout in milliseconds, session, password of 16 zero bytes.</summary>
    private static byte[] Greeting() => [.. Number(0), .. new byte[8], .. Number(2000), .. new byte[8], .. Number(16), .. new byte[16]];

    private static byte[] Packet(byte[] body) => [.. Number(body.Length), .. body];

    private static byte[] Number(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

    private static async Task<byte[]?> PacketAsync(ServiceTalk talk)
    {
        var length = BinaryPrimitives.ReadInt32BigEndian(await talk.ExactlyAsync(4));
        return length is < 0 or > PacketCap ? null : await talk.ExactlyAsync(length);
    }
}
