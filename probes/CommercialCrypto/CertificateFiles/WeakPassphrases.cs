using SmartCity.SecurityCheck.Cryptography;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>
/// Tries passphrases people really set, within a budget of hash computations. Which one opened a container is not returned to anybody.
/// </summary>
internal sealed class WeakPassphrases
{
    /// <summary>A container that asks for more iterations than this is not tried: one word would cost seconds.</summary>
    internal const long MostIterations = 300_000;

    private const long BudgetOfSample = 60_000_000;

    private static readonly string[] Words =
    [
        "", "123456", "12345678", "password", "changeit", "changeme", "1234", "12345", "123456789", "1234567890", "111111", "11111111", "000000", "00000000", "666666", "888888",
        "88888888", "123123", "123321", "654321", "abc123", "abcd1234", "a123456", "aa123456", "Aa123456", "Aa123456!", "Abc123", "Abc@123", "Abcd1234", "admin", "admin123",
        "Admin123", "admin@123", "Admin@123", "root", "root123", "test", "test123", "test1234", "server", "client", "ca", "pass", "passwd", "passw0rd", "Passw0rd", "P@ssw0rd",
        "P@ssw0rd123", "password1", "password123", "Password123", "secret", "keystore", "storepass", "keypass", "tomcat", "nginx", "oracle", "weblogic", "weblogic1", "1qaz2wsx",
        "1qaz@WSX", "!QAZ2wsx", "qwerty", "qwer1234", "1q2w3e4r", "zaq12wsx", "qwe123", "123qwe", "asdf1234", "letmein", "welcome", "welcome1", "iloveyou", "5201314", "woaini", "default",
    ];

    private long _spent;

    /// <returns>True or false; null where none were tried, and why.</returns>
    public (bool? IsWeak, string? WhyNot) Try(KeyContainer container, string file, CancellationToken cancellationToken)
    {
        if (container.IsClear == true || container.HoldsPrivateKey == false)
        {
            return (false, null);
        }

        if (container.WhyNoTrial is { } why)
        {
            return (null, why);
        }

        if (container.Iterations > MostIterations)
        {
            return (null, $"派生迭代 {container.Iterations} 次，超过尝试口令的上限 {MostIterations} 次");
        }

        var stem = Path.GetFileNameWithoutExtension(file);
        foreach (var word in Words.Concat([stem, stem + "123", stem + "123456", stem + "@123"]).Distinct(StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if ((_spent += container.TrialCost) > BudgetOfSample)
            {
                return (null, "本样本尝试口令的计算量已用完");
            }

            if (container.OpensWith(word))
            {
                return (true, null);
            }
        }

        return (false, null);
    }
}
