using System.ComponentModel;
using System.Reflection;
using System.Text.Json;
using SmartCity.SecurityCheck.Model;
using Spectre.Console;

namespace SmartCity.SecurityCheck.Cli;

/// <summary>Observations as a table for people, one block a target. Field names carry the Chinese label of the record's <see cref="DescriptionAttribute"/>.</summary>
internal static class ObservationTable
{
    private const int ValueCap = 600;

    public static void Write(IReadOnlyList<ProbeRecord> records, IReadOnlyList<Endpoint> endpoints)
    {
        foreach (var endpoint in endpoints)
        {
            Terminal.Out.Write(new Rule(Markup.Escape(endpoint.Authority)) { Justification = Justify.Left });
            foreach (var record in records.Where(r => r.TargetId == endpoint.TargetId))
            {
                Write(record);
            }
        }
    }

    private static void Write(ProbeRecord record)
    {
        var manifest = Product.Probes.Find(record.ProbeId)!.Manifest;
        var table = new Table().Border(TableBorder.Rounded).Expand().Title(Markup.Escape(manifest.Title));
        table.AddColumn(new TableColumn("观测项").NoWrap());
        table.AddColumn("结果");
        switch (record.Outcome)
        {
            case Observed observed:
                foreach (var observation in observed.Observations)
                {
                    AddFields(table, manifest.Observes, observation.Data, "");
                }

                break;
            case NotNeeded notNeeded:
                table.AddRow(new Text(Verdict.NotApplicable.Name()), new Text(Printable.Of(notNeeded.Why)));
                break;
            case Unable unable:
                table.AddRow(new Markup($"[yellow]未核验[/]"), new Text(Printable.Of($"{unable.Kind.Name()}:{unable.Message}")));
                break;
        }

        Terminal.Out.Write(table);
    }

    private static void AddFields(Table table, Type record, JsonElement data, string prefix)
    {
        foreach (var property in record.GetProperties())
        {
            var label = property.GetCustomAttribute<DescriptionAttribute>()?.Description;
            if (label is null)
            {
                continue;
            }

            var name = JsonNamingPolicy.CamelCase.ConvertName(property.Name);
            var type = Unwrap(property.PropertyType);
            if (!data.TryGetProperty(name, out var value))
            {
                table.AddRow(new Text(prefix + label), new Markup("[yellow]未观测[/]"));
            }
            else if (value.ValueKind == JsonValueKind.Object)
            {
                AddFields(table, type, value, $"{prefix}{label} · ");
            }
            else
            {
                table.AddRow(new Text(prefix + label), new Text(Printable.Of(Show(value, type))));
            }
        }
    }

    private static Type Unwrap(Type type)
    {
        while (type.IsGenericType)
        {
            type = type.GetGenericArguments()[0];
        }

        return type;
    }

    private static string Show(JsonElement value, Type element)
    {
        var text = value.ValueKind switch
        {
            JsonValueKind.Null => "无",
            JsonValueKind.True => "是",
            JsonValueKind.False => "否",
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Array when value.GetArrayLength() == 0 => "无",
            JsonValueKind.Array => string.Join(value[0].ValueKind == JsonValueKind.Object ? "\n" : "、", value.EnumerateArray().Select(v => Show(v, element))),
            JsonValueKind.Object => ShowMembers(value, element),
            _ => value.GetRawText(),
        };
        return text.Length > ValueCap ? string.Concat(text.AsSpan(0, ValueCap), "…") : text;
    }

    private static string ShowMembers(JsonElement value, Type record) => string.Join(
        "  ",
        record.GetProperties()
            .Select(p => (Label: p.GetCustomAttribute<DescriptionAttribute>()?.Description, Name: JsonNamingPolicy.CamelCase.ConvertName(p.Name), Type: Unwrap(p.PropertyType)))
            .Where(p => p.Label is not null && value.TryGetProperty(p.Name, out var member) && member.ValueKind is not (JsonValueKind.Null or JsonValueKind.Object))
            .Select(p => p.Label!.Length == 0 ? Show(value.GetProperty(p.Name), p.Type) : $"{p.Label} {Show(value.GetProperty(p.Name), p.Type)}"));
}
