using System.Text;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>A short list of passwords that are tried first everywhere, and their unsalted hashes.</summary>
internal static class CommonPasswords
{
    private static readonly string[] Words =
    [
        "123456", "12345678", "123456789", "1234567890", "111111", "000000", "888888", "666666", "123123", "112233", "654321", "88888888", "11111111", "00000000",
        "12345", "1234", "1234567", "admin", "admin123", "Admin123", "Admin@123", "admin@123", "admin888", "administrator", "root", "root123", "password", "Password",
        "password1", "Password1", "Password123", "P@ssw0rd", "p@ssw0rd", "Passw0rd", "abc123", "Abc123", "Abc123456", "abc123456", "Abc@123", "Aa123456", "aa123456",
        "a123456", "a12345678", "qwerty", "qwe123", "1qaz2wsx", "1qaz@WSX", "1q2w3e4r", "qaz123", "asd123", "test", "test123", "test1234", "guest", "user", "user123",
        "changeme", "welcome", "letmein", "iloveyou", "5201314", "woaini", "woaini1314", "123qwe", "123abc", "123456a", "123456aA", "123456Aa", "Aa@123456", "Abcd1234",
        "abcd1234", "Abcd@1234", "abc@123", "system", "manager", "oracle", "mysql", "postgres", "tomcat", "Huawei@123", "Admin1234", "Admin@1234", "1qazxsw2", "zaq12wsx",
        "147258369", "123321", "121212", "999999", "a1b2c3", "a1b2c3d4", "qwertyuiop", "asdfghjkl", "zxcvbnm", "monkey", "dragon", "sunshine", "princess", "superman",
    ];

    private static readonly Lazy<HashSet<(UInt128 Start, int Bytes)>> Hashes = new(() =>
    {
        var known = new HashSet<(UInt128 Start, int Bytes)>();
        foreach (var word in Words)
        {
            var plain = Encoding.UTF8.GetBytes(word);
            foreach (var digest in NamedDigest.All)
            {
                var once = digest.Hash(plain);
                known.Add(Start(once));
                known.Add(Start(digest.Hash(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(once)))));
            }
        }

        return known;
    });

    public static IReadOnlyList<string> All => Words;

    /// <summary>How many there are, for the report.</summary>
    public static int Count => Words.Length;

    /// <summary>Whether a bare digest is that of one of them, hashed once or twice without salt.</summary>
    public static bool Hold(byte[] digest) => digest.Length >= 16 && Hashes.Value.Contains(Start(digest));

    public static bool Hold(string plain) => Words.Contains(plain, StringComparer.Ordinal);

    /// <summary>With its length: one that begins like a shorter one is another.</summary>
    private static (UInt128 Start, int Bytes) Start(byte[] digest) => (System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(digest), digest.Length);
}
