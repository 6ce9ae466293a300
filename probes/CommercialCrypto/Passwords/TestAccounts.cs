using System.Globalization;
using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>A row of a test account.</summary>
internal sealed record TestedRow(string Account, string Value, string? Salt, string? Count);

/// <summary>Accounts whose passwords are known.</summary>
internal static class TestAccounts
{
    private const int Most = 30;

    /// <param name="accounts">One, or several with commas between.</param>
    /// <param name="passwords">One line for each account in their order, or one line for all.</param>
    /// <exception cref="UnableException">Their numbers do not fit.</exception>
    public static Dictionary<string, string> Of(string accounts, string passwords)
    {
        List<string> names = [.. accounts.Split([',', '，', '、'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal)];
        string[] lines = names.Count == 1 ? [passwords] : passwords.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (names.Count is 0 or > Most || (lines.Length != 1 && lines.Length != names.Count))
        {
            throw new UnableException(FailureKind.BadInput, $"account 写了 {names.Count} 个测试账号，password 有 {lines.Length} 行；应为 1–{Most} 个账号，口令每行一个、次序相同，或全部账号用同一个口令");
        }

        return names.Select((name, i) => (name, Password: lines.Length == 1 ? lines[0] : lines[i])).ToDictionary(n => n.name, n => n.Password, StringComparer.Ordinal);
    }
}

/// <summary>What the rows of the test accounts were found to be.</summary>
/// <param name="Recipe">Of the first for which one was found; one that speaks against the column before others. Null where none was.</param>
/// <param name="Proven">Its form, and how many rows have both.</param>
/// <param name="Computable">Rows for which a recipe could be looked for.</param>
/// <param name="Matched">Rows for which one was found.</param>
/// <param name="Tried">Recipes computed.</param>
internal sealed record AccountProofs(PasswordRecipe? Recipe, ProvenForm? Proven, int Computable, int Matched, int Tried)
{
    public static AccountProofs Of(CryptoSample target, PasswordColumns columns, IReadOnlyList<TestedRow> rows, CancellationToken cancellationToken)
    {
        var keys = TestKey.Of(target.Hidden("key"));
        var found = new List<(PasswordRecipe Recipe, (PasswordShape Shape, int Bytes) Form)>();
        var (computable, tried) = (0, 0);
        foreach (var row in rows)
        {
            var reading = PasswordShapes.Read(row.Value);
            if (StoredForms.Find(row.Value, reading, columns.Accounts[row.Account]) is var (check, stored) && check != StoredPasswordCheck.NotComputed)
            {
                computable++;
                tried++;
                if (stored is null)
                {
                    break;
                }

                found.Add((stored, reading.Form));
                continue;
            }

            if (!PasswordTrial.CanCompute(reading.Shape))
            {
                continue;
            }

            computable++;
            var trial = new PasswordTrial(row.Account, columns.Accounts[row.Account], keys, cancellationToken);
            var hint = long.TryParse(row.Count ?? target.Setting("iterations"), NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : (long?)null;
            var recipe = trial.Find(row.Value, reading, row.Salt, hint);
            tried += trial.Tried;
            if (recipe is null)
            {
                // Nothing is said of the whole column any more, and a search without an end takes its time.
                break;
            }

            found.Add((recipe, reading.Form));
        }

        if (found.Count == 0)
        {
            return new(null, null, computable, 0, tried);
        }

        var first = found.OrderBy(f => f.Recipe.UsesSalt).ThenBy(f => f.Recipe.IsNational).ThenBy(f => f.Recipe.Iterations).First();
        // An account of which nothing is found, or something else, leaves the others alone.
        var alike = found.Count == rows.Count && found.TrueForAll(f => f.Form == first.Form && f.Recipe.IsLike(first.Recipe)) ? found.Count : 1;
        return new(first.Recipe, new ProvenForm(first.Recipe, first.Form, alike), computable, found.Count, tried);
    }
}
