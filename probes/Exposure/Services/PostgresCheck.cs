using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SmartCity.SecurityCheck.Probes.Exposure;

/// <summary>A startup message without a password, then the accounts of the rules; no statement is sent.</summary>
internal sealed class PostgresCheck : IServiceCheck
{
    private const int MessageCap = 64 * 1024;
    private const string Administrator = "postgres";

    public IReadOnlyList<string> Services => ["postgresql"];

    public async Task<Finding> AskAsync(Door door)
    {
        var (taken, why) = await LoginAsync(door, Administrator, null);
        if (taken == true)
        {
            return new Finding(ServiceAccess.Open, $"{Administrator} 不需要口令（trust）") { Account = Administrator };
        }

        if (taken is null)
        {
            return Finding.Undecided(why!);
        }

        string? undecided = null;
        foreach (var account in door.Affordable(door.Accounts))
        {
            (taken, why) = await LoginAsync(door, account.User, account.Password);
            if (taken == true)
            {
                return Finding.Default(account);
            }

            undecided ??= taken is null ? why : null;
        }

        return undecided is null ? Finding.Guarded("没有口令与出厂账户都被拒绝") : Finding.Undecided(undecided);
    }

    private static async Task<(bool? Taken, string? Why)> LoginAsync(Door door, string user, string? password)
    {
        await using var talk = await door.OpenAsync();
        await talk.SayAsync(Startup(user));
        var (kind, body) = await MessageAsync(talk);
        if (kind == 'E')
        {
            return Refusal(body);
        }

        if (kind != 'R' || body.Length < 4)
        {
            return (null, "应答不是 PostgreSQL 的");
        }

        var method = BinaryPrimitives.ReadInt32BigEndian(body);
        if (method == 0)
        {
            return (true, null);
        }

        if (password is null)
        {
            return (false, null);
        }

        switch (method)
        {
            case 3:
                return await AnswerAsync(talk, Text(password));
            case 5 when body.Length >= 8:
                return await AnswerAsync(talk, Text(Md5(user, password, body[4..8])));
            case 10 when Encoding.Latin1.GetString(body).Contains("SCRAM-SHA-256\0", StringComparison.Ordinal):
                return await ScramAsync(talk, password);
            default:
                return (null, "服务器要求的登录方式不认识");
        }
    }

    /// <summary>Only a password that was refused is a refusal of the account: pg_hba.conf may have no line for clear text and one without a password for TLS.</summary>
    private static (bool?, string?) Refusal(byte[] error)
    {
        var fields = Encoding.Latin1.GetString(error).Split('\0');
        var state = Array.Find(fields, f => f is ['C', ..])?[1..] ?? "";
        return state == "28P01" ? (false, null) : (null, $"服务器没有受理明文连接的登录（SQLSTATE {Plain.Text(state, 5)}），在 TLS 里怎样没有看");
    }

    private static async Task<(bool?, string?)> AnswerAsync(ServiceTalk talk, byte[] body)
    {
        await talk.SayAsync(Message('p', body));
        var (kind, answer) = await MessageAsync(talk);
        return kind == 'E' ? Refusal(answer) : kind == 'R' && answer.Length >= 4 && BinaryPrimitives.ReadInt32BigEndian(answer) == 0 ? (true, null) : (null, "登录的应答不认识");
    }

    /// <summary>RFC 7677; the server's own proof is not checked, for nothing follows from it here.</summary>
    private static async Task<(bool?, string?)> ScramAsync(ServiceTalk talk, string password)
    {
        var bare = $"n=,r={Convert.ToBase64String(RandomNumberGenerator.GetBytes(18))}";
        var first = Encoding.ASCII.GetBytes($"n,,{bare}");
        await talk.SayAsync(Message('p', [.. Text("SCRAM-SHA-256"), .. Big(first.Length), .. first]));
        var (kind, body) = await MessageAsync(talk);
        if (kind == 'E')
        {
            return Refusal(body);
        }

        var server = Encoding.Latin1.GetString(body.AsSpan(Math.Min(4, body.Length)));
        var parts = server.Split(',').Where(p => p.Length > 2 && p[1] == '=').DistinctBy(p => p[0]).ToDictionary(p => p[0], p => p[2..]);
        if (kind != 'R' || !parts.TryGetValue('r', out var nonce) || !parts.TryGetValue('s', out var salt) || !parts.TryGetValue('i', out var rounds)
            || !int.TryParse(rounds, NumberStyles.None, CultureInfo.InvariantCulture, out var iterations) || iterations is < 1 or > 200_000)
        {
            return (null, "SCRAM 的应答不认识");
        }

        var bytes = new byte[salt.Length];
        if (!Convert.TryFromBase64String(salt, bytes, out var saltLength))
        {
            return (null, "SCRAM 的应答不认识");
        }

        var salted = Rfc2898DeriveBytes.Pbkdf2(password, bytes.AsSpan(0, saltLength), iterations, HashAlgorithmName.SHA256, 32);
        var key = HMACSHA256.HashData(salted, "Client Key"u8);
        var unproved = $"c=biws,r={nonce}";
        var signature = HMACSHA256.HashData(SHA256.HashData(key), Encoding.ASCII.GetBytes($"{bare},{server},{unproved}"));
        var proof = Convert.ToBase64String([.. key.Zip(signature, (a, b) => (byte)(a ^ b))]);
        await talk.SayAsync(Message('p', Encoding.ASCII.GetBytes($"{unproved},p={proof}")));
        (kind, body) = await MessageAsync(talk);
        return kind == 'E' ? Refusal(body) : kind == 'R' && body.Length >= 4 && BinaryPrimitives.ReadInt32BigEndian(body) is 12 or 0 ? (true, null) : (null, "SCRAM 的应答不认识");
    }

    private static byte[] Startup(string user)
    {
        byte[] body = [.. Big(196_608), .. Text("user"), .. Text(user), .. Text("database"), .. Text("postgres"), 0];
        return [.. Big(body.Length + 4), .. body];
    }

    private static string Md5(string user, string password, byte[] salt)
    {
#pragma warning disable CA5351 // what the protocol of the service asks for
        var inner = Convert.ToHexStringLower(MD5.HashData(Encoding.ASCII.GetBytes(password + user)));
        return "md5" + Convert.ToHexStringLower(MD5.HashData([.. Encoding.ASCII.GetBytes(inner), .. salt]));
#pragma warning restore CA5351
    }

    private static byte[] Text(string text) => [.. Encoding.ASCII.GetBytes(text), 0];

    private static byte[] Message(char kind, byte[] body) => [(byte)kind, .. Big(body.Length + 4), .. body];

    private static byte[] Big(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

    private static async Task<(char Kind, byte[] Body)> MessageAsync(ServiceTalk talk)
    {
        var head = await talk.ExactlyAsync(5);
        var length = BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(1)) - 4;
        return length is >= 0 and <= MessageCap ? ((char)head[0], await talk.ExactlyAsync(length)) : throw new InvalidDataException("消息长度不对");
    }
}
