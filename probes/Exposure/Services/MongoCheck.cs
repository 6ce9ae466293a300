using System.Buffers.Binary;
using System.Text;

namespace SmartCity.SecurityCheck.Probes.Exposure;

/// <summary>listDatabases in an OP_MSG; names of databases are not kept, only whether they were given.</summary>
internal sealed class MongoCheck : IServiceCheck
{
    private const int Message = 2013;
    private const int HeadLength = 16;
    private const int AnswerCap = 4 * 1024 * 1024;

    public IReadOnlyList<string> Services => ["mongodb", "mongodb-shard", "mongod"];

    public async Task<Finding> AskAsync(Door door)
    {
        await using var talk = await door.OpenAsync();
        await talk.SayAsync(Request());
        var head = await talk.ExactlyAsync(HeadLength);
        var length = BinaryPrimitives.ReadInt32LittleEndian(head);
        if (length is <= HeadLength or > AnswerCap || BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(12)) != Message)
        {
            return Finding.Undecided("应答不是 MongoDB 的");
        }

        var body = Encoding.Latin1.GetString(await talk.ExactlyAsync(length - HeadLength));
        return body.Contains("\u0004databases\0", StringComparison.Ordinal) ? new Finding(ServiceAccess.Open, "不登录即可列出数据库")
            : body.Contains("requires authentication", StringComparison.Ordinal) || body.Contains("Unauthorized", StringComparison.Ordinal) ? Finding.Guarded("要求登录")
            : Finding.Undecided("没有给出数据库，也没有要求登录");
    }

    /// <summary>{listDatabases: 1, nameOnly: true, $db: "admin"}.</summary>
    private static byte[] Request()
    {
        byte[] fields = [.. Integer("listDatabases", 1), 0x08, .. Name("nameOnly"), 1, 0x02, .. Name("$db"), 6, 0, 0, 0, .. Name("admin"), 0];
        byte[] document = [.. Little(fields.Length + 4), .. fields];
        return [.. Little(HeadLength + 5 + document.Length), .. Little(1), .. Little(0), .. Little(Message), .. Little(0), 0, .. document];
    }

    private static byte[] Integer(string name, int value) => [0x10, .. Name(name), .. Little(value)];

    private static byte[] Name(string text) => [.. Encoding.ASCII.GetBytes(text), 0];

    private static byte[] Little(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return bytes;
    }
}
