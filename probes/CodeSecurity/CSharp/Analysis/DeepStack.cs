using System.Runtime.ExceptionServices;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>A stack with room to spare: one that ends takes the process with it, and the parser does not watch it everywhere.</summary>
internal static class DeepStack
{
    private const int Size = 64 * 1024 * 1024;

    public static T Run<T>(Func<T> work)
    {
        var (result, failure) = (default(T), default(ExceptionDispatchInfo));
        var thread = new Thread(Go, Size) { IsBackground = true };
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result!;

        void Go()
        {
            try
            {
                result = work();
            }
            catch (Exception any)
            {
                failure = ExceptionDispatchInfo.Capture(any);
            }
        }
    }
}
