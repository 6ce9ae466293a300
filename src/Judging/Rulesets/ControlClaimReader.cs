using System.Globalization;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>Reads the keys of a basis that tie a requirement to a control: <c>control</c>, <c>aspects</c>, <c>proves</c>, <c>strength</c>, <c>moduleLevel</c>, <c>onlyDeclared</c>, <c>onlyAgainst</c>, <c>doorstep</c>, <c>triggers</c>, <c>suspects</c>.</summary>
internal static class ControlClaimReader
{
    private const string Example = "control: NET-2";
    private const int MostBits = 1024;

    /// <param name="reader">The basis.</param>
    /// <param name="shape">Of the observation's record; null while its kind is unknown.</param>
    /// <returns>Null where neither a control nor an item of the high-risk guide is named.</returns>
    public static ControlClaim? Read(MappingReader reader, FieldShape? shape)
    {
        var before = reader.Faults.Faults.Count;
        var controls = Controls(reader);
        var aspects = Aspects(reader, "aspects");
        var proves = Aspects(reader, "proves");
        var (field, bits) = Strength(reader, shape);
        var claim = new ControlClaim
        {
            Controls = controls,
            Aspects = aspects,
            Proves = proves,
            StrengthField = field,
            StrengthBits = bits,
            OnlyDeclared = reader.Flag("onlyDeclared") ?? false,
            OnlyAgainst = reader.Flag("onlyAgainst") ?? false,
            IsDoorstep = reader.Flag("doorstep") ?? false,
            ModuleField = Module(reader, shape),
            Triggers = reader.Texts("triggers"),
            Suspects = reader.Texts("suspects"),
        };
        Check(reader, claim);
        return controls.Count + claim.Triggers.Count + claim.Suspects.Count == 0 || reader.Faults.Faults.Count > before ? null : claim;
    }

    private static void Check(MappingReader reader, ControlClaim claim)
    {
        if (claim.IsDoorstep && !claim.Aspects.Contains(Aspect.D))
        {
            reader.Faults.Add(reader.PlaceOf("doorstep"), "doorstep 要和 aspects: [D] 一起写：不是只跳转的明文端口没有加密", "aspects: [D]", "aspects: [D], doorstep: true");
        }

        if (claim.Controls.Count == 0 && (claim.OnlyDeclared || claim.OnlyAgainst || claim.IsDoorstep || claim.ModuleField is not null || claim.Aspects.Count > 0 || claim.Proves.Count > 0 || claim.StrengthField is not null || claim.StrengthBits is not null))
        {
            reader.Faults.Add(reader.At, "aspects、proves、strength、moduleLevel、onlyDeclared、onlyAgainst、doorstep 要和 control 一起写", "control", Example);
        }

        if (claim.Proves.Contains(Aspect.K))
        {
            reader.Faults.Add(reader.PlaceOf("proves"), "K（密钥管理）不能由规则判为“是”", "D 或 A；K 只能由人回答", "proves: [A]");
        }

        if (!claim.OnlyDeclared && claim.Proves.Except(claim.Aspects).Any())
        {
            reader.Faults.Add(reader.PlaceOf("proves"), "proves 里有 aspects 没有的项", "aspects 的一部分；只有 onlyDeclared: true 时可以只写 proves", "aspects: [D, A], proves: [A]");
        }
    }

    private static List<string> Controls(MappingReader reader)
    {
        if (reader.Take("control") is not { } value)
        {
            return [];
        }

        var items = value is YamlSequence list ? list.Items : [value];
        var keys = items.OfType<YamlScalar>().Where(i => !i.IsNull && i.Text.Length is > 0 and <= 64).Select(i => i.Text).ToList();
        if (keys.Count == items.Count && keys.Count > 0 && keys.Distinct(StringComparer.Ordinal).Count() == keys.Count)
        {
            return keys;
        }

        reader.Faults.Add(value.At, "control 不对", "指标编号，或不重复的编号列表（第一个是缺省）", Example);
        return [];
    }

    public static List<Aspect> Aspects(MappingReader reader, string key)
    {
        var found = new List<Aspect>();
        foreach (var item in reader.Items(key))
        {
            if (item is YamlScalar { Text: var word } && Enum.GetNames<Aspect>().Any(n => n == word))
            {
                found.Add(Enum.Parse<Aspect>(word));
            }
            else
            {
                reader.Faults.Add(item.At, $"{key} 的这一项不对", "D、A、K", $"{key}: [D, A]");
            }
        }

        return found;
    }

    /// <summary>A number in a list of the record, as <c>list.field</c>.</summary>
    private static string? Module(MappingReader reader, FieldShape? shape)
    {
        var at = reader.PlaceOf("moduleLevel");
        if (reader.Text("moduleLevel", cap: 200) is not { } path)
        {
            return null;
        }

        if (path.Split('.') is [var list, var field] && (shape is null || (RecordSchema.Find(shape, list) is { IsList: true, Element: { } element } && element.Property(field) is { IsNumber: true })))
        {
            return path;
        }

        reader.Faults.Add(at, $"moduleLevel: {path} 不对", "观测里“列表.数字字段”", "moduleLevel: products.moduleLevel");
        return null;
    }

    private static (string? Field, int? Bits) Strength(MappingReader reader, FieldShape? shape)
    {
        var at = reader.PlaceOf("strength");
        if (reader.Text("strength", cap: 200) is not { } text)
        {
            return (null, null);
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var bits))
        {
            if (bits <= MostBits)
            {
                return (null, bits);
            }
        }
        else if (shape is null || RecordSchema.Find(shape, text) is { IsNumber: true })
        {
            return (text, null);
        }

        reader.Faults.Add(at, $"strength: {text} 不对", $"观测里数字字段的名称，或 0 到 {MostBits} 的位数", "strength: weakestStrengthBits");
        return (null, null);
    }
}
