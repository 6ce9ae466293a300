using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Pipeline;

/// <summary>Reads <c>settings:</c> of a cryptographic sample by the table of its kind.</summary>
internal sealed class SampleSettingReader(FaultList faults, SecretReader secrets, Func<MappingReader, string, string?> existingPath)
{
    private const int TextCap = 1000;

    public (Dictionary<string, string> Plain, Dictionary<string, Secret> Secrets) Read(MappingReader sample, CryptoSampleForm? form)
    {
        var (plain, hidden) = (new Dictionary<string, string>(StringComparer.Ordinal), new Dictionary<string, Secret>(StringComparer.Ordinal));
        var value = sample.Take("settings");
        if (value is null || form is null)
        {
            return (plain, hidden);
        }

        if (value is not YamlMapping map)
        {
            faults.Add(value.At, "settings 不是“键: 值”", Expected(form), form.Settings.Count > 0 ? $"{form.Settings[0].Name}: {form.Settings[0].Example}" : null);
            return (plain, hidden);
        }

        var reader = new MappingReader(map, faults);
        foreach (var setting in form.Settings)
        {
            if (setting.Shape == SampleSettingShape.Secret)
            {
                if (secrets.Read(reader, setting.Name, severalLines: true) is { } secret)
                {
                    hidden[setting.Name] = secret;
                }
            }
            else if (Plain(reader, setting) is { } text)
            {
                plain[setting.Name] = text;
            }
        }

        reader.Finish();
        return (plain, hidden);
    }

    private string? Plain(MappingReader reader, SampleSetting setting) => setting.Shape switch
    {
        SampleSettingShape.File => existingPath(reader, setting.Name),
        SampleSettingShape.Word => reader.Choice(setting.Name, [.. setting.Words.Select((w, i) => (w, i)), .. setting.Said.Select((w, i) => (w, i)).Where(s => !setting.Words.Contains(s.w, StringComparer.Ordinal))]) is { } at ? setting.Words[at] : null,
        _ => reader.Text(setting.Name, example: $"{setting.Name}: {setting.Example}", cap: TextCap),
    };

    private static string Expected(CryptoSampleForm form) =>
        form.Settings.Count == 0 ? $"{form.Title}没有可用的 settings" : string.Join("、", form.Settings.Select(s => $"{s.Name}（{s.Meaning}）"));
}
