using System.ComponentModel;
using System.Reflection;
using System.Text.Json;

namespace SmartCity.SecurityCheck.Model;

/// <summary>What people call a field of an observation, so that a report can name it without knowing the probe.</summary>
/// <param name="Field">Name in the observation's JSON.</param>
/// <param name="Label">Chinese; empty where the value speaks for itself.</param>
/// <param name="Words">What people read instead of a value out of a closed list; empty for other values.</param>
/// <param name="Members">Labelled fields of the record the value is, or of each element of the list it is.</param>
public sealed record FieldLabel(string Field, string Label, IReadOnlyDictionary<string, string> Words, IReadOnlyList<FieldLabel> Members)
{
    /// <summary>False for a field that only the readings of a judgement name: tables say the same in another field.</summary>
    public bool IsShown { get; init; } = true;

    /// <summary>
    /// Labels of a record's fields, in the order of the record. A <see cref="DescriptionAttribute"/> gives a field its place in tables, a
    /// <see cref="DisplayNameAttribute"/> a name alone; fields with neither are not for people.
    /// </summary>
    public static IReadOnlyList<FieldLabel> Of(Type record) => Of(record, [record]);

    private static List<FieldLabel> Of(Type record, IReadOnlyList<Type> around)
    {
        var labels = new List<FieldLabel>();
        foreach (var property in record.GetProperties())
        {
            var description = property.GetCustomAttribute<DescriptionAttribute>()?.Description;
            if ((description ?? property.GetCustomAttribute<DisplayNameAttribute>()?.DisplayName) is { } called)
            {
                var inner = Unwrap(property.PropertyType);
                IReadOnlyList<FieldLabel> members = around.Contains(inner) || inner.IsEnum || inner.IsPrimitive || inner == typeof(string) ? [] : Of(inner, [.. around, inner]);
                labels.Add(new FieldLabel(JsonNamingPolicy.CamelCase.ConvertName(property.Name), called, WordsOf(inner), members) { IsShown = description is not null });
            }
        }

        return labels;
    }

    /// <summary>Severities have their words in <see cref="VerdictNames"/> alone.</summary>
    private static Dictionary<string, string> WordsOf(Type type) => !type.IsEnum ? []
        : type == typeof(Severity) ? Enum.GetValues<Severity>().ToDictionary(s => JsonNamingPolicy.CamelCase.ConvertName($"{s}"), s => s.Name(), StringComparer.Ordinal)
        : type.GetFields(BindingFlags.Public | BindingFlags.Static)
        .Where(f => f.GetCustomAttribute<DescriptionAttribute>() is not null)
        .ToDictionary(f => JsonNamingPolicy.CamelCase.ConvertName(f.Name), f => f.GetCustomAttribute<DescriptionAttribute>()!.Description, StringComparer.Ordinal);

    private static Type Unwrap(Type type)
    {
        while (type.IsGenericType)
        {
            type = type.GetGenericArguments()[^1];
        }

        return type;
    }
}
