using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>What a running database said of its settings, through the SQL script. It goes before what files say: they may not have been loaded, or something else was.</summary>
internal sealed class RunningValues
{
    /// <summary>An older output that contradicts the files decides nothing; the bound is that of the rules on accounts.</summary>
    private const int FreshDays = 30;

    private RunningValues(DatabaseOutput output) => Output = output;

    public DatabaseOutput Output { get; }

    public bool IsFresh => Output.AgeDays <= FreshDays;

    /// <summary>Who says it.</summary>
    public string Origin => $"SQL 脚本输出（{Output.Instance}，{Output.At}）";

    /// <exception cref="UnableException">An output cannot be used.</exception>
    public static IReadOnlyList<RunningValues> Of(Host target, IReadOnlyList<DatabaseProduct> products, ProbeContext context) => products.Count == 0 ? []
        : [.. target.Databases.Select(d => DatabaseProbe<PostgreSqlRoles>.Open(d, BeijingTime.DayOf(context.Clock.GetUtcNow())).Output).Where(o => products.Contains(o.Product)).Select(o => new RunningValues(o))];

    public static RunningValues Of(DatabaseOutput output) => new(output);

    /// <summary>Name and value of every fact of a kind, each with a line that says where it comes from and what the files say otherwise.</summary>
    /// <param name="kind">setting or variable.</param>
    /// <param name="written">What the files say of a name, and whether it comes to the same; null where nothing.</param>
    public IEnumerable<(string Name, string Value, ConfigLine Line, bool IsContradiction)> Settings(string kind, Func<string, string, (ConfigLine Line, bool IsSame)?> written)
    {
        foreach (var fact in Output.Whole(kind) ?? [])
        {
            if (fact.Values is not [var name, var value, ..])
            {
                throw DatabaseSigns.Odd(kind);
            }

            var source = fact.Values.ElementAtOrDefault(2) is { Length: > 0 } from ? $"，来源 {from}" : "";
            var other = written(name, value);
            var differs = other is { IsSame: false } ? $"；与 {other.Value.Line.Place} 写的不同" : "";
            yield return (name, value, new ConfigLine($"{Origin} 运行值 {name}{source}{differs}", 0, $"{name} = {value}"), other is { IsSame: false });
        }
    }
}
