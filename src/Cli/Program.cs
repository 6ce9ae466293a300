Console.WriteLine("securitycheck");
