using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>Reads what makes flows of a weakness less sure, and what is special of inputs.</summary>
internal static class FlowDoubtReader
{
    private static readonly (string, FlowCircumstance)[] Circumstances =
    [
        ("cookies", FlowCircumstance.Cookies), ("servers", FlowCircumstance.Servers), ("cut-lines", FlowCircumstance.CutLines), ("quiet-levels", FlowCircumstance.QuietLevels),
        ("cut-names", FlowCircumstance.CutNames), ("idle-pages", FlowCircumstance.IdlePages), ("unserved", FlowCircumstance.Unserved), ("switched", FlowCircumstance.Switched),
    ];

    private static readonly (string, InputForm)[] Forms = [("cookie", InputForm.Cookie), ("upload-name", InputForm.UploadName)];

    public static InputForm Form(MappingReader reader) => reader.Choice("form", Forms) ?? InputForm.None;

    public static Dictionary<FlowCircumstance, string> Doubts(MappingReader reader)
    {
        var found = new Dictionary<FlowCircumstance, string>();
        foreach (var (circumstance, says) in reader.Each("doubts", One, example: "doubts: [{when: cookies, says: …}]"))
        {
            if (!found.TryAdd(circumstance, says))
            {
                reader.Faults.Add(reader.PlaceOf("doubts"), "doubts 里有写了两次的 when", "每种 when 写一次", "doubts: [{when: cookies, says: …}]");
            }
        }

        return found;
    }

    private static Tuple<FlowCircumstance, string>? One(MappingReader reader) =>
        (reader.Choice("when", Circumstances, required: true), reader.Text("says", required: true, cap: 200)) is ({ } circumstance, { } says) ? Tuple.Create(circumstance, says) : null;
}
