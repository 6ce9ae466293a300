using System.Security.Cryptography;
using System.Text;

namespace SmartCity.SecurityCheck.Probes.Exposure;

/// <summary>Logs in as the accounts of the rules and leaves; a connection for each.</summary>
internal sealed class MySqlCheck : IServiceCheck
{
    private const int PacketCap = 64 * 1024;
    private const string Native = "mysql_native_password";
    private const string Caching = "caching_sha2_password";

    /// <summary>Protocol 4.1, secure authentication, plug-in names.</summary>
    private const uint Abilities = 0x0000_0200 | 0x0000_8000 | 0x0008_0000 | 0x0000_0001;

    public IReadOnlyList<string> Services => ["mysql"];

    public async Task<Finding> AskAsync(Door door)
    {
        var undecided = door.Accounts.Count == 0 ? "规则里没有出厂账户" : null;
        foreach (var account in door.Affordable(door.Accounts))
        {
            await using var talk = await door.OpenAsync();
            var (taken, why) = await LoginAsync(talk, account.User, account.Password);
            if (taken == true)
            {
                return Finding.Default(account);
            }

            undecided ??= taken is null ? why : null;
        }

        return undecided is null ? Finding.Guarded("出厂账户与空口令都被拒绝") : Finding.Undecided(undecided);
    }

    private static async Task<(bool? Taken, string? Why)> LoginAsync(ServiceTalk talk, string user, string password)
    {
        var (number, hello) = await PacketAsync(talk);
        if (hello[0] == 0xFF)
        {
            return Code(hello) is 1130 or 1129 ? (false, null) : (null, "服务器在问候时报错");
        }

        if (hello[0] != 10 || Salt(hello) is not { } salt)
        {
            return (null, "问候不是 MySQL 协议 10");
        }

        await talk.SayAsync(Packet(number + 1, Login(user, Scramble(Native, password, salt))));
        while (true)
        {
            (number, var answer) = await PacketAsync(talk);
            switch (answer[0])
            {
                case 0x00:
                    return (true, null);
                case 0xFF when Code(answer) is 1045 or 1698:
                    return (false, null);
                case 0xFF:
                    return (null, $"服务器没有受理登录（错误 {Code(answer)}），例如只在加密信道里受理");
                case 0xFE when Switch(answer) is { } other:
                    if (other.Plugin is not (Native or Caching))
                    {
                        return other.Plugin.Length > 0 ? (false, null) : (null, "服务器要求的登录方式不认识");
                    }

                    await talk.SayAsync(Packet(number + 1, Scramble(other.Plugin, password, other.Salt)));
                    break;
                case 0x01 when answer.Length > 1 && answer[1] == 3:
                    break;
                case 0x01 when answer.Length > 1 && answer[1] == 4:
                    return (null, "服务器要求在加密信道里给出口令");
                default:
                    return (null, "登录的应答不认识");
            }
        }
    }

    /// <summary>The challenge of 20 bytes, in two parts.</summary>
    private static byte[]? Salt(byte[] hello)
    {
        var version = hello.AsSpan(1).IndexOf((byte)0);
        var first = version + 2 + 4;
        return version < 0 || hello.Length < first + 8 + 1 + 2 + 1 + 2 + 2 + 1 + 10 + 12 ? null : [.. hello.AsSpan(first, 8), .. hello.AsSpan(first + 8 + 19, 12)];
    }

    private static (string Plugin, byte[] Salt)? Switch(byte[] answer)
    {
        var end = answer.AsSpan(1).IndexOf((byte)0);
        return end < 0 ? null : (Plain.Ascii(answer.AsSpan(1, end), 64), [.. answer.AsSpan(end + 2).TrimEnd((byte)0)]);
    }

    private static byte[] Login(string user, byte[] proof) =>
    [
        .. BitConverter.GetBytes(Abilities), 0, 0, 0, 1, 45, .. new byte[23],
        .. Encoding.ASCII.GetBytes(user), 0, (byte)proof.Length, .. proof, .. Encoding.ASCII.GetBytes(Native), 0,
    ];

    /// <summary>Of an empty password nothing.</summary>
    private static byte[] Scramble(string plugin, string password, byte[] salt)
    {
        if (password.Length == 0)
        {
            return [];
        }

        var secret = Encoding.ASCII.GetBytes(password);
#pragma warning disable CA5350 // what the protocol of the service asks for
        Func<byte[], byte[]> digest = plugin == Native ? SHA1.HashData : SHA256.HashData;
#pragma warning restore CA5350
        var once = digest(secret);
        var twice = digest(once);
        var mask = plugin == Native ? digest([.. salt, .. twice]) : digest([.. twice, .. salt]);
        return [.. once.Zip(mask, (a, b) => (byte)(a ^ b))];
    }

    private static int Code(byte[] error) => error.Length > 2 ? error[1] | (error[2] << 8) : 0;

    private static byte[] Packet(int number, byte[] body) => [(byte)body.Length, (byte)(body.Length >> 8), (byte)(body.Length >> 16), (byte)number, .. body];

    private static async Task<(int Number, byte[] Body)> PacketAsync(ServiceTalk talk)
    {
        var head = await talk.ExactlyAsync(4);
        var length = head[0] | (head[1] << 8) | (head[2] << 16);
        return length is > 0 and <= PacketCap ? (head[3], await talk.ExactlyAsync(length)) : throw new InvalidDataException("分组长度不对");
    }
}
