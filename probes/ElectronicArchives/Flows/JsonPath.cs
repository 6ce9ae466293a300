using System.Text.Json;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>Paths like <c>data.list.0.title</c>.</summary>
internal static class JsonPath
{
    /// <summary>Null where there is nothing, or no plain value.</summary>
    public static string? Text(JsonElement root, string path)
    {
        var at = root;
        foreach (var part in path.Split('.'))
        {
            if (at.ValueKind == JsonValueKind.Object && at.TryGetProperty(part, out var member))
            {
                at = member;
            }
            else if (at.ValueKind == JsonValueKind.Array && int.TryParse(part, out var index) && index >= 0 && index < at.GetArrayLength())
            {
                at = at[index];
            }
            else
            {
                return null;
            }
        }

        return at.ValueKind switch { JsonValueKind.String => at.GetString(), JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => at.GetRawText(), _ => null };
    }
}
