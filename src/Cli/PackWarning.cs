using SmartCity.SecurityCheck.Pipeline;

namespace SmartCity.SecurityCheck.Cli;

/// <summary>A pack that was changed can still be judged and reported; whoever does so is told.</summary>
internal static class PackWarning
{
    public static void Write(string folder)
    {
        var trouble = PackVerification.Verify(folder) switch
        {
            PackDiffers differs => $"{differs.Path} — {differs.Message}",
            PackUnfinished unfinished => unfinished.Message,
            _ => null,
        };
        if (trouble is not null)
        {
            Console.Error.WriteLine(Printable.Of($"注意：证据包没有通过核验（{trouble}），由它得出的结果不能作为依据。"));
        }
    }
}
